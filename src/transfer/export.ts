import type { Chat } from '../domain/chat';
import type { Room } from '../domain/room';
import type { ChatLog } from '../ports/chat-log';
import type { EmpathyStore } from '../ports/empathy-store';
import type { InsightStore } from '../ports/insight-store';
import type { InviteStore } from '../ports/invite-store';
import type { MembershipStore } from '../ports/membership-store';
import type { QuestionStore } from '../ports/question-store';
import type { RoomStore } from '../ports/room-store';
import type { UserStore } from '../ports/user-store';
import { FORMAT_VERSION, isBefore, type Entry, type Header } from './entry';

const USERS_PAGE = 500;
const CHATS_PAGE = 1_000;
const INSIGHTS_PAGE = 50;
const QUESTIONS_PAGE = 500;
const MEMBERSHIPS_PAGE = 500;

export interface Source {
  readonly log: Pick<ChatLog, 'of' | 'partitions'>;
  readonly rooms: Pick<RoomStore, 'list' | 'removedIds'>;
  readonly users: Pick<UserStore, 'names'>;
  readonly memberships: Pick<MembershipStore, 'ofRoom' | 'removedFrom'>;
  readonly invites: Pick<InviteStore, 'ofRoom'>;
  /** Invitations that are open at this time are exported, milliseconds since 1970. */
  readonly now: number;
  readonly insights: Pick<InsightStore, 'page' | 'schedule'>;
  readonly questions: Pick<QuestionStore, 'page'>;
  /** Messages of a room after an offset, oldest first, including those that only the log has. */
  readonly chats: (room: string, after: number, limit: number) => Promise<readonly Chat[]>;
  readonly presses: EmpathyStore['presses'];
  readonly countChats: (room: string) => Promise<number>;
  /** The highest offset in the store, 0 if it is empty. */
  readonly highestStored: () => Promise<number>;
}

/** First and last entry of an interrupted export. */
export interface Interrupted {
  readonly header: Header;
  readonly last: Entry;
}

/** All entries of the installation, or those after an interruption. Reads one page at a time, as the consumer asks for entries. */
export async function* exportEntries(source: Source, interrupted?: Interrupted): AsyncGenerator<Entry> {
  const rooms = await source.rooms.list();
  const header = interrupted?.header ?? (await makeHeader(source, rooms));
  const last = interrupted?.last ?? header;
  if (!interrupted) yield header;
  yield* roomsAfter(rooms, last);
  yield* removedRoomsAfter(await source.rooms.removedIds(), last);
  if (!isBefore('user', last.kind)) yield* usersAfter(source, last.kind === 'user' ? last.usernameKey : '');
  yield* membershipsAfter(source, rooms, last);
  yield* removalsAfter(source, rooms, last);
  yield* invitesAfter(source, rooms, last);
  yield* chatsAfter(source, rooms, last);
  yield* insightsAfter(source, rooms, last);
  yield* questionsAfter(source, rooms, last);
  const schedule = await source.insights.schedule();
  if (schedule && isBefore(last.kind, 'schedule')) yield { kind: 'schedule', doneUntil: schedule.doneUntil };
  if (last.kind !== 'end') yield { kind: 'end' };
}

async function makeHeader({ log, countChats, highestStored }: Source, rooms: readonly Room[]): Promise<Header> {
  const heads = await Promise.all(log.partitions.map((partition) => partition.head()));
  const { epoch } = heads.reduce((highest, head) => (head.offset > highest.offset ? head : highest));
  // Not the head: the one of a partition without messages is far above every message.
  const newest = await Promise.all(log.partitions.map((partition) => partition.readBack(Infinity, 1)));
  const upTo = Math.max(await highestStored(), ...newest.flat().map(({ offset }) => offset));
  let chats = 0;
  for (const { id } of rooms) chats += await countChats(id);
  return { kind: 'jungle-buzz', version: FORMAT_VERSION, upTo, epoch, chats };
}

function* roomsAfter(rooms: readonly Room[], last: Entry): Generator<Entry> {
  if (isBefore('room', last.kind)) return;
  const done = last.kind === 'room' ? rooms.findIndex(({ id }) => id === last.room.id) + 1 : 0;
  for (const room of rooms.slice(done)) yield { kind: 'room', room };
}

function* removedRoomsAfter(ids: readonly string[], last: Entry): Generator<Entry> {
  if (isBefore('removed-room', last.kind)) return;
  const done = last.kind === 'removed-room' ? ids.indexOf(last.id) + 1 : 0;
  for (const id of ids.slice(done)) yield { kind: 'removed-room', id };
}

async function* usersAfter({ users }: Source, after: string): AsyncGenerator<Entry> {
  for (let key = after; ;) {
    const page = await users.names(key, USERS_PAGE);
    for (const { id, usernameKey, user } of page) yield { kind: 'user', id, usernameKey, user: user ?? null };
    const end = page.at(-1);
    if (!end) return;
    key = end.usernameKey;
  }
}

async function* membershipsAfter({ memberships }: Source, rooms: readonly Room[], last: Entry): AsyncGenerator<Entry> {
  if (isBefore('membership', last.kind)) return;
  const from = last.kind === 'membership' ? last.membership : undefined;
  for (const { id } of from ? rooms.slice(rooms.findIndex((room) => room.id === from.room)) : rooms) {
    for (let after = id === from?.room ? from : undefined; ;) {
      const page = await memberships.ofRoom(id, after, MEMBERSHIPS_PAGE);
      for (const membership of page) yield { kind: 'membership', membership };
      after = page.at(-1);
      if (!after) break;
    }
  }
}

async function* removalsAfter({ memberships }: Source, rooms: readonly Room[], last: Entry): AsyncGenerator<Entry> {
  if (isBefore('removal', last.kind)) return;
  const from = last.kind === 'removal' ? last.removal : undefined;
  for (const { id } of from ? rooms.slice(rooms.findIndex((room) => room.id === from.room)) : rooms) {
    const removals = await memberships.removedFrom(id);
    const done = id === from?.room ? removals.findIndex(({ userId }) => userId === from.userId) + 1 : 0;
    for (const removal of removals.slice(done)) yield { kind: 'removal', removal };
  }
}

async function* invitesAfter({ invites, now }: Source, rooms: readonly Room[], last: Entry): AsyncGenerator<Entry> {
  if (isBefore('invite', last.kind)) return;
  const from = last.kind === 'invite' ? last.invite : undefined;
  for (const { id } of from ? rooms.slice(rooms.findIndex((room) => room.id === from.room)) : rooms) {
    const open = await invites.ofRoom(id, now);
    const done = id === from?.room ? open.findIndex(({ code }) => code === from.code) + 1 : 0;
    for (const invite of open.slice(done)) yield { kind: 'invite', invite };
  }
}

async function* chatsAfter({ chats, presses, log }: Source, rooms: readonly Room[], last: Entry): AsyncGenerator<Entry> {
  if (isBefore('chat', last.kind)) return;
  const from = last.kind === 'chat' ? last.chat : undefined;
  for (const { id } of from ? rooms.slice(rooms.findIndex((room) => room.id === from.room)) : rooms) {
    // A busy room would never end.
    const { offset: upTo } = await log.of(id).head();
    for (let after = id === from?.room ? from.offset : 0; ;) {
      const page = await chats(id, after, CHATS_PAGE);
      const pressed = await presses(page.map((chat) => chat.id));
      for (const chat of page) {
        const ofChat = pressed.get(chat.id);
        if (chat.offset <= upTo) yield { kind: 'chat', chat, ...(ofChat && { presses: ofChat }) };
      }
      const end = page.at(-1);
      if (!end || end.offset >= upTo) break;
      after = end.offset;
    }
  }
}

/** Scheduled letters only: one that an administrator asked for is not listed. */
async function* insightsAfter({ insights }: Source, rooms: readonly Room[], last: Entry): AsyncGenerator<Entry> {
  if (isBefore('insight', last.kind)) return;
  const from = last.kind === 'insight' ? last.insight : undefined;
  for (const { id } of from ? rooms.slice(rooms.findIndex((room) => room.id === from.room)) : rooms) {
    for (let before = id === from?.room ? from.window.end : undefined; ;) {
      const page = await insights.page(id, before, INSIGHTS_PAGE);
      for (const insight of page) yield { kind: 'insight', insight };
      const end = page.at(-1);
      if (!end) break;
      before = end.window.end;
    }
  }
}

async function* questionsAfter({ questions }: Source, rooms: readonly Room[], last: Entry): AsyncGenerator<Entry> {
  if (isBefore('question', last.kind)) return;
  const from = last.kind === 'question' ? last.question : undefined;
  for (const { id } of from ? rooms.slice(rooms.findIndex((room) => room.id === from.room)) : rooms) {
    for (let before = id === from?.room ? from : undefined; ;) {
      const page = await questions.page(id, before, QUESTIONS_PAGE);
      for (const question of page) yield { kind: 'question', question };
      before = page.at(-1);
      if (!before) break;
    }
  }
}
