import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import type { Guests } from '../../accounts/guests';
import { requireViewer, type RequestContext } from '../context';
import { Cost, PASSWORD_WORK } from '../cost';
import { RegisterInputObject } from '../inputs/inputs';
import { AuthPayloadObject, UserObject } from '../types/account-types';

@Resolver()
export class GuestResolver {
  constructor(private readonly guests: Guests) {}

  @Mutation(() => AuthPayloadObject, {
    description:
      'Creates an account without a password under a random name, in Korean or English according to Accept-Language, and opens a session. FORBIDDEN where guests are turned off (setting GUESTS). Guests cannot create rooms and can report few messages. An account that is no longer used is deleted (setting GUEST_DAYS).',
  })
  async enterAsGuest(
    @Ctx() context: RequestContext,
    @Arg('invite', () => ID, { nullable: true, description: 'Code of an invitation; NOT_FOUND if it is not good.' })
    invite?: string | null,
  ): Promise<AuthPayloadObject> {
    return AuthPayloadObject.of(await this.guests.enter(invite, context.locale, context));
  }

  @Mutation(() => UserObject, {
    description:
      'Turns the viewer’s guest account into a full one with the same id, messages and sessions. Refresh the tokens afterwards: the access token has the former name.',
  })
  @Cost({ work: PASSWORD_WORK })
  async claimAccount(
    @Arg('input', () => RegisterInputObject, { description: 'Name, password and e-mail address of the account.' })
    input: RegisterInputObject,
    @Ctx() context: RequestContext,
  ): Promise<UserObject> {
    return UserObject.of(await this.guests.claim(requireViewer(context), input, context));
  }
}
