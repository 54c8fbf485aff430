import { Arg, Ctx, ID, Int, Mutation, Resolver } from 'type-graphql';
import type { Access } from '../../flow/access';
import type { Hosting } from '../../flow/hosting';
import { requireViewer, type RequestContext } from '../context';
import { QuestionObject } from '../types/question-types';
import { RoomObject, ScreenStateEnum, VisibilityEnum, WordFilterEnum } from '../types/room-types';

const ROOM = { description: 'Id of the room.' };

/** What hosts change of their room. */
@Resolver()
export class HostingResolver {
  constructor(
    private readonly hosting: Hosting,
    private readonly access: Pick<Access, 'readable'>,
  ) {}

  @Mutation(() => RoomObject, {
    description:
      'Hosts of the room, and moderators unless it is PRIVATE. Changes the room. What is not given stays as it is. PUBLIC or UNLISTED to ' +
      'PRIVATE, which hosts alone may, ends the subscriptions of non-members. A room that was ever PRIVATE and has a message never ' +
      'becomes PUBLIC or UNLISTED, and `main` stays PUBLIC (CONFLICT).',
  })
  async updateRoom(
    @Arg('id', () => ID, { description: 'Id of the room to change.' }) id: string,
    @Ctx() context: RequestContext,
    @Arg('wordFilter', () => WordFilterEnum, { nullable: true, description: 'What happens to words on the list of insults.' })
    wordFilter?: WordFilterEnum | null,
    @Arg('slowModeSeconds', () => Int, {
      nullable: true,
      description: 'Seconds between two messages of an author, 0 to 3,600; 0 turns slow mode off.',
    })
    slowModeSeconds?: number | null,
    @Arg('title', () => String, { nullable: true, description: 'Title of 1 to 80 characters.' }) title?: string | null,
    @Arg('visibility', () => VisibilityEnum, { nullable: true, description: 'Who finds and reads the room.' })
    visibility?: VisibilityEnum | null,
    @Arg('guestsMayWrite', () => Boolean, { nullable: true, description: 'Whether guests may write.' })
    guestsMayWrite?: boolean | null,
    @Arg('letterByModel', () => Boolean, {
      nullable: true,
      description: 'Whether a language model outside may write the letter if the room is PRIVATE.',
    })
    letterByModel?: boolean | null,
    @Arg('ownWords', () => [String], {
      nullable: true,
      description:
        'Words that the hosts do not want, besides the built-in list: at most 200 of 1 to 40 characters. They do nothing while ' +
        'wordFilter is OFF.',
    })
    ownWords?: string[] | null,
  ): Promise<RoomObject> {
    const changes = {
      ...(wordFilter != null && { wordFilter }),
      ...(slowModeSeconds != null && { slowModeSeconds }),
      ...(title != null && { title }),
      ...(visibility != null && { visibility }),
      ...(guestsMayWrite != null && { guestsMayWrite }),
      ...(letterByModel != null && { letterByModel }),
      ...(ownWords != null && { ownWords }),
    };
    return RoomObject.of(await this.hosting.update(requireViewer(context), id, changes));
  }

  @Mutation(() => RoomObject, {
    description:
      'Hosts of the room, and moderators. Archives the room, or opens it again. An archived room refuses messages, empathies and ' +
      'feelings with CONFLICT and does not count in ROOMS_MAX. The room `main` cannot be archived. To a moderator who is no member of ' +
      'a PRIVATE room, the answer says nothing else about it; its title is empty.',
  })
  async archiveRoom(
    @Arg('room', () => ID, ROOM) room: string,
    @Arg('archived', () => Boolean, { description: 'Whether the room is to be archived.' }) archived: boolean,
    @Ctx() context: RequestContext,
  ): Promise<RoomObject> {
    const viewer = requireViewer(context);
    const changed = await this.hosting.archive(viewer, room, archived);
    return (await this.access.readable(viewer, room)) ? RoomObject.of(changed) : RoomObject.unreadable(changed);
  }

  @Mutation(() => Boolean, { description: 'Hosts only. Changes what screens of the room show.' })
  async setScreen(
    @Arg('room', () => ID, ROOM) room: string,
    @Arg('state', () => ScreenStateEnum, { description: 'What screens show from now on.' }) state: ScreenStateEnum,
    @Ctx() context: RequestContext,
  ): Promise<boolean> {
    await this.hosting.setScreen(requireViewer(context), room, state);
    return true;
  }

  @Mutation(() => Boolean, {
    description:
      'Hosts only. Deletes the room with its messages, letters, moods, questions, members, invitations, reports and notifications for ' +
      'good. Its id is not given again. The room `main` cannot be deleted.',
  })
  async deleteRoom(
    @Arg('room', () => ID, ROOM) room: string,
    @Arg('title', () => String, { description: 'Title of the room as it is, so that nobody deletes a room by mistake.' })
    title: string,
    @Ctx() context: RequestContext,
  ): Promise<boolean> {
    await this.hosting.deleteRoom(requireViewer(context), room, title);
    return true;
  }

  @Mutation(() => QuestionObject, {
    description:
      'Hosts of the room, and moderators unless it is PRIVATE. Asks the room a question, which stands until the next letter.',
  })
  async askQuestion(
    @Arg('room', () => ID, ROOM) room: string,
    @Arg('text', () => String, { description: 'Text of 1 to 200 characters on one line.' }) text: string,
    @Ctx() context: RequestContext,
  ): Promise<QuestionObject> {
    return QuestionObject.of(await this.hosting.askQuestion(requireViewer(context), room, text));
  }
}
