import { badInput, DomainError } from '../domain/errors';
import type { Question } from '../domain/question';
import type { Room, RoomChanges, ScreenState } from '../domain/room';
import { MAIN_ROOM } from '../domain/room-title';
import type { Viewer } from '../domain/user';
import type { Bus } from '../ports/bus';
import type { Clock } from '../ports/clock';
import type { ModerationStore } from '../ports/moderation-store';
import type { Access } from './access';
import type { AuditTrail } from './audit-trail';
import type { RoomPrivileges } from './room-privileges';
import type { Rooms } from './rooms';

export interface HostingDeps {
  readonly rooms: Pick<Rooms, 'change' | 'remove' | 'requirePlace'>;
  readonly access: Pick<Access, 'requireHost'>;
  readonly moderation: Pick<ModerationStore, 'beginErasure'>;
  readonly clock: Clock;
  readonly privileges: Pick<RoomPrivileges, 'isHost' | 'requireManager' | 'requireArchiver'>;
  readonly questions: { ask(room: string, text: string): Promise<Question> };
  /** Whether the room has messages, tombstones included. */
  readonly hasChats: (room: string) => Promise<boolean>;
  readonly audit: Pick<AuditTrail, 'record'>;
  readonly bus: Pick<Bus, 'publish'>;
}

/** What hosts, and in rooms that are not PRIVATE moderators, change of a room. Every change is added to the audit log. */
export class Hosting {
  constructor(private readonly deps: HostingDeps) {}

  /** @throws DomainError NOT_FOUND, FORBIDDEN, BAD_USER_INPUT, CONFLICT (visibility), UNAVAILABLE */
  async update(viewer: Viewer, id: string, changes: RoomChanges): Promise<Room> {
    const room = await this.deps.privileges.requireManager(viewer, id);
    await this.checkVisibility(viewer, room, changes);
    const { visibility } = changes;
    return this.change(viewer, room, { ...changes, ...(visibility === 'PRIVATE' && { everPrivate: true }) });
  }

  /** Archives the room, or opens it again. @throws DomainError NOT_FOUND, FORBIDDEN, CONFLICT (the main room), UNAVAILABLE (also ROOMS_MAX) */
  async archive(viewer: Viewer, id: string, archived: boolean): Promise<Room> {
    const room = await this.deps.privileges.requireArchiver(viewer, id);
    if (room.id === MAIN_ROOM) throw new DomainError('CONFLICT', 'The main room cannot be archived.');
    if (!archived && room.settings.archived) await this.deps.rooms.requirePlace();
    return this.change(viewer, room, { archived });
  }

  /** Changes what screens of the room show. It is not audited. @throws DomainError NOT_FOUND, FORBIDDEN, UNAVAILABLE */
  async setScreen(viewer: Viewer, id: string, screen: ScreenState): Promise<void> {
    const room = await this.deps.access.requireHost(viewer, id);
    await this.deps.rooms.change(room.id, { screen });
    this.deps.bus.publish({ type: 'room-changed', room: room.id });
  }

  /**
   * Removes the room for everybody. The worker erases what was in it within seconds, also if this call is interrupted.
   * @param title of the room as it is
   * @throws DomainError NOT_FOUND, FORBIDDEN, BAD_USER_INPUT (another title), CONFLICT (the main room), UNAVAILABLE
   */
  async deleteRoom(viewer: Viewer, id: string, title: string): Promise<void> {
    const { access, rooms, moderation, clock, bus, audit } = this.deps;
    const room = await access.requireHost(viewer, id);
    if (room.id === MAIN_ROOM) throw new DomainError('CONFLICT', 'The main room cannot be deleted.');
    if (title !== room.title) throw badInput('title', 'title is not the title of the room.');
    const { userId: actorId, username: actor } = viewer;
    await moderation.beginErasure({ kind: 'room', id: `room.${room.id}`, at: clock.now(), actorId, actor, room: room.id });
    await rooms.remove(room.id);
    bus.publish({ type: 'room-changed', room: room.id });
    // Moderators never learn of a room that was private.
    if (!room.settings.everPrivate) await audit.record(viewer, 'DELETE_ROOM', room.id, undefined, room.title);
  }

  /** @throws DomainError NOT_FOUND, FORBIDDEN, BAD_USER_INPUT, UNAVAILABLE */
  async askQuestion(viewer: Viewer, roomId: string, text: string): Promise<Question> {
    const { id } = await this.deps.privileges.requireManager(viewer, roomId);
    const question = await this.deps.questions.ask(id, text);
    await this.deps.audit.record(viewer, 'ASK_QUESTION', id, id, question.text);
    this.deps.bus.publish({ type: 'room-changed', room: id });
    return question;
  }

  private async change(viewer: Viewer, { id }: Room, changes: RoomChanges): Promise<Room> {
    const changed = await this.deps.rooms.change(id, changes);
    await this.deps.audit.record(viewer, 'UPDATE_ROOM', id, id, detailsOf(changes));
    this.deps.bus.publish({ type: 'room-changed', room: id });
    return changed;
  }

  /** Who wrote under the promise of a PRIVATE room is never shown to others. Only hosts can still read a room that becomes PRIVATE. */
  private async checkVisibility(viewer: Viewer, { id, settings }: Room, { visibility }: RoomChanges): Promise<void> {
    if (visibility === undefined || visibility === settings.visibility) return;
    const conflict = (message: string) => new DomainError('CONFLICT', message, { field: 'visibility' });
    if (id === MAIN_ROOM) throw conflict('The main room stays public.');
    if (visibility === 'PRIVATE') {
      if (await this.deps.privileges.isHost(viewer, id)) return;
      throw new DomainError('FORBIDDEN', 'Only hosts may make a room private.', { field: 'visibility' });
    }
    if (settings.everPrivate && (await this.deps.hasChats(id)))
      throw conflict('This room was private when messages were written. It stays private.');
  }
}

/** The new values as JSON. The list of own words is left out, because moderators read the log. */
const detailsOf = ({ ownWords, everPrivate: _, ...changes }: RoomChanges): string =>
  JSON.stringify({ ...changes, ...(ownWords && { ownWords: ownWords.length }) });
