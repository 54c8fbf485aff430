import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Access } from '../../flow/access';
import type { Aliases } from '../../flow/aliases';
import type { Memberships } from '../../flow/memberships';
import type { Rooms } from '../../flow/rooms';
import type { RoomQuestions } from '../../insights/question/room-questions';
import type { Typing } from '../../flow/typing';
import type { Viewer } from '../../domain/user';
import { requireViewer, type RequestContext } from '../context';
import { CreateRoomInputObject } from '../inputs/inputs';
import { QuestionObject } from '../types/question-types';
import { RoomObject } from '../types/room-types';
import { Cost } from '../cost';

/** Work of reading the question of a room: the list of all rooms may be asked for theirs once. */
const QUESTION_WORK = 40;

@Resolver(() => RoomObject)
export class RoomResolver {
  constructor(
    private readonly roomService: Rooms,
    private readonly access: Pick<Access, 'readable' | 'requireReader'>,
    private readonly memberships: Pick<Memberships, 'completeFounding'>,
    private readonly aliases: Pick<Aliases, 'authorIn'>,
    private readonly onlineIn: (roomId: string) => Promise<number>,
    private readonly questions: Pick<RoomQuestions, 'current'>,
    private readonly typing: Pick<Typing, 'set'>,
    /** @throws DomainError RATE_LIMITED */
    private readonly admitRoomOf: (viewer: Viewer) => Promise<void>,
    private readonly isHost: (viewer: Viewer | null, room: string) => Promise<boolean>,
  ) {}

  @Query(() => [RoomObject], { description: 'All PUBLIC rooms, oldest first.' })
  @Cost({ length: 1_000 })
  async rooms(): Promise<RoomObject[]> {
    const rooms = await this.roomService.list();
    return rooms.filter(({ settings }) => settings.visibility === 'PUBLIC').map((room) => RoomObject.of(room));
  }

  @Query(() => String, {
    description:
      'Name that the viewer’s messages in the room show today: the username, or in an anonymous room the alias of the day.',
  })
  async authorName(
    @Arg('room', () => ID, { defaultValue: 'main', description: 'Id of the room.' }) room: string,
    @Ctx() context: RequestContext,
  ): Promise<string> {
    const viewer = requireViewer(context);
    return await this.aliases.authorIn(await this.access.requireReader(viewer, room), viewer);
  }

  @Query(() => RoomObject, {
    nullable: true,
    description: 'Public where the room is. The room, or null if there is none for this viewer.',
  })
  async room(
    @Arg('id', () => ID, { description: 'Id of the room.' }) id: string,
    @Ctx() { viewer }: RequestContext,
  ): Promise<RoomObject | null> {
    const room = await this.access.readable(viewer, id);
    return room ? RoomObject.of(room) : null;
  }

  @Mutation(() => RoomObject, {
    description: 'Creates a room and makes the viewer its first host. Every account may, guests may not.',
  })
  async createRoom(
    @Arg('input', () => CreateRoomInputObject, { description: 'The new room.' }) input: CreateRoomInputObject,
    @Ctx() context: RequestContext,
  ): Promise<RoomObject> {
    const viewer = requireViewer(context);
    await this.admitRoomOf(viewer);
    const room = await this.roomService.create(input, viewer.userId);
    await this.memberships.completeFounding(room);
    return RoomObject.of(room);
  }

  @Mutation(() => Boolean, {
    description: 'Shows the room that the viewer is writing or has stopped. The state expires after a few seconds.',
  })
  async setTyping(
    @Arg('room', () => ID, { defaultValue: 'main', description: 'Id of the room.' }) room: string,
    @Arg('typing', () => Boolean, { description: 'True while the viewer is writing.' }) typing: boolean,
    @Ctx() context: RequestContext,
  ): Promise<boolean> {
    await this.typing.set(requireViewer(context), room, typing);
    return true;
  }

  @FieldResolver(() => Int, { description: 'Number of people in the room now.' })
  async online(@Root() room: RoomObject): Promise<number> {
    return room.isReadable ? this.onlineIn(room.id) : 0;
  }

  @FieldResolver(() => QuestionObject, {
    nullable: true,
    description: 'The question that stands above the notes now; null before the first.',
  })
  @Cost({ work: QUESTION_WORK })
  async question(@Root() room: RoomObject): Promise<QuestionObject | null> {
    const question = room.isReadable ? await this.questions.current(room.id) : null;
    return question && QuestionObject.of(question);
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether a language model outside may write the letter of a PRIVATE room; answered to hosts, else false.',
  })
  async letterByModel(@Root() { id, settings }: RoomObject, @Ctx() { viewer }: RequestContext): Promise<boolean> {
    return settings.letterByModel && (await this.isHost(viewer, id));
  }

  @FieldResolver(() => [String], {
    description: 'Words that the hosts do not want, besides the built-in list; answered to hosts, else empty.',
  })
  async ownWords(@Root() { id, settings }: RoomObject, @Ctx() { viewer }: RequestContext): Promise<readonly string[]> {
    return settings.ownWords.length > 0 && (await this.isHost(viewer, id)) ? settings.ownWords : [];
  }
}
