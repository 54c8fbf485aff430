import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import { MAX_INVITES, type Invitations } from '../../flow/invitations';
import { requireViewer, type RequestContext } from '../context';
import { Cost, PAGE_WORK } from '../cost';
import { InviteObject, InvitePreviewObject } from '../types/membership-types';
import { RoomObject } from '../types/room-types';

const ROOM = { description: 'Id of the room.' };
const CODE = { description: 'Code of the invitation.' };

@Resolver()
export class InviteResolver {
  constructor(private readonly invitations: Invitations) {}

  @Query(() => [InviteObject], { description: 'Hosts of the room only. Its open invitations, newest first.' })
  @Cost({ work: PAGE_WORK, length: MAX_INVITES })
  async invites(@Arg('room', () => ID, ROOM) room: string, @Ctx() context: RequestContext): Promise<InviteObject[]> {
    const invites = await this.invitations.ofRoom(requireViewer(context), room);
    return invites.map((invite) => InviteObject.of(invite, context.pageUrl));
  }

  @Query(() => InvitePreviewObject, {
    nullable: true,
    description:
      'Public. What somebody sees before accepting. Null when the code is unknown, used up, expired or revoked: the four are not told apart. RATE_LIMITED after many wrong codes (setting RATE_INVITES_PER_ADDRESS).',
  })
  async invitePreview(
    @Arg('code', () => ID, CODE) code: string,
    @Ctx() context: RequestContext,
  ): Promise<InvitePreviewObject | null> {
    const room = await this.invitations.preview(code, context.address);
    return room ? InvitePreviewObject.of(room) : null;
  }

  @Mutation(() => InviteObject, { description: `Hosts of the room only. A room has at most ${MAX_INVITES} open invitations.` })
  async createInvite(
    @Arg('room', () => ID, ROOM) room: string,
    @Arg('expiresInHours', () => Int, { defaultValue: 168, description: 'Hours until it expires, 1 to 8,760.' })
    expiresInHours: number,
    @Ctx() context: RequestContext,
    @Arg('maxUses', () => Int, {
      nullable: true,
      description: 'How many accounts may join with it, 1 to 100,000; without it any number.',
    })
    maxUses?: number | null,
  ): Promise<InviteObject> {
    const invite = await this.invitations.create(requireViewer(context), room, expiresInHours, maxUses);
    return InviteObject.of(invite, context.pageUrl);
  }

  @Mutation(() => Boolean, { description: 'Hosts of the room only. Ends an invitation. NOT_FOUND for a code that is not good.' })
  async revokeInvite(@Arg('code', () => ID, CODE) code: string, @Ctx() context: RequestContext): Promise<boolean> {
    await this.invitations.revoke(requireViewer(context), code, context.address);
    return true;
  }

  @Mutation(() => RoomObject, {
    description:
      'Makes the viewer a member. Joining again uses nothing up. NOT_FOUND for a code that is not good, and for an account that a host removed.',
  })
  async joinRoom(@Arg('code', () => ID, CODE) code: string, @Ctx() context: RequestContext): Promise<RoomObject> {
    return RoomObject.of(await this.invitations.join(requireViewer(context).userId, code, context.address));
  }
}
