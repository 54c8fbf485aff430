import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import type { Access } from '../../flow/access';
import type { RoomMembers } from '../../flow/room-members';
import { requireViewer, type RequestContext } from '../context';
import { Cost, PAGE_WORK } from '../cost';
import { MemberConnectionObject, MemberObject, RoomRoleEnum } from '../types/membership-types';
import { RoomObject } from '../types/room-types';

const ROOM = { description: 'Id of the room.' };
const USERNAME = { description: 'Username of the member.' };

@Resolver()
export class MembershipResolver {
  constructor(
    private readonly roomMembers: RoomMembers,
    private readonly access: Pick<Access, 'roleOf'>,
  ) {}

  @Query(() => [RoomObject], { description: 'Rooms in which the viewer is host or member, newest membership first.' })
  @Cost({ length: 1_000 })
  async myRooms(@Ctx() context: RequestContext): Promise<RoomObject[]> {
    return (await this.roomMembers.roomsOf(requireViewer(context))).map((room) => RoomObject.of(room));
  }

  @Query(() => RoomRoleEnum, { nullable: true, description: 'The viewer’s role in the room, or null.' })
  async myRole(@Arg('room', () => ID, ROOM) room: string, @Ctx() context: RequestContext): Promise<RoomRoleEnum | null> {
    const role = await this.access.roleOf(requireViewer(context), room);
    return role ? RoomRoleEnum[role] : null;
  }

  @Query(() => MemberConnectionObject, {
    description: 'Hosts of the room only. Its hosts and members, longest membership first; in anonymous rooms too.',
  })
  @Cost({ work: PAGE_WORK })
  async members(
    @Arg('room', () => ID, ROOM) room: string,
    @Arg('first', () => Int, { defaultValue: 50, description: '1 to 100.' }) first: number,
    @Ctx() context: RequestContext,
    @Arg('after', () => String, { nullable: true, description: 'endCursor of the previous page.' }) after?: string | null,
  ): Promise<MemberConnectionObject> {
    return MemberConnectionObject.of(await this.roomMembers.page(requireViewer(context), room, first, after));
  }

  @Mutation(() => Boolean, {
    description: 'Ends the viewer’s membership; false if there was none. The last host cannot leave (CONFLICT).',
  })
  leaveRoom(@Arg('room', () => ID, ROOM) room: string, @Ctx() context: RequestContext): Promise<boolean> {
    return this.roomMembers.leave(requireViewer(context), room);
  }

  @Mutation(() => Boolean, {
    description:
      'Hosts of the room only. Ends a membership and revokes all open invitations of the room. Subscriptions of the account to a private room end with FORBIDDEN within a second. It cannot join again until a host names it with setRole.',
  })
  async removeMember(
    @Arg('room', () => ID, ROOM) room: string,
    @Arg('username', () => String, USERNAME) username: string,
    @Ctx() context: RequestContext,
  ): Promise<boolean> {
    await this.roomMembers.remove(requireViewer(context), room, username);
    return true;
  }

  @Mutation(() => MemberObject, {
    description:
      'Hosts of the room only. Changes the role of a member, or lets a removed account in again; another account is NOT_FOUND. The last host stays one, and a guest cannot be a host (CONFLICT). Administrators may name the host of a room that has none and is not private.',
  })
  async setRole(
    @Arg('room', () => ID, ROOM) room: string,
    @Arg('username', () => String, USERNAME) username: string,
    @Arg('role', () => RoomRoleEnum, { description: 'The new role.' }) role: RoomRoleEnum,
    @Ctx() context: RequestContext,
  ): Promise<MemberObject> {
    return MemberObject.of(await this.roomMembers.setRole(requireViewer(context), room, username, role));
  }
}
