import { NOTHING_SAID } from '../domain/chat';
import { DomainError } from '../domain/errors';
import { DEFAULT_ROOM_SETTINGS } from '../domain/room';
import type { ChatStore } from '../ports/chat-store';
import type { EmpathyStore } from '../ports/empathy-store';
import type { InviteStore } from '../ports/invite-store';
import type { InsightStore } from '../ports/insight-store';
import type { MembershipStore } from '../ports/membership-store';
import type { MoodStore } from '../ports/mood-store';
import type { QuestionStore } from '../ports/question-store';
import type { RoomStore } from '../ports/room-store';
import type { UserStore } from '../ports/user-store';
import type { Entry, Header } from './entry';

const CHATS_BATCH = 1_000;
const PRESSES_BATCH = 1_000;

type ChatEntry = Entry & { readonly kind: 'chat' };

export interface Target {
  readonly rooms: Pick<RoomStore, 'create' | 'remove'>;
  readonly users: Pick<UserStore, 'create' | 'byId' | 'byUsernameKey' | 'remove'>;
  readonly memberships: Pick<MembershipStore, 'join' | 'found' | 'setRole' | 'end'>;
  readonly invites: Pick<InviteStore, 'add'>;
  readonly chats: Pick<ChatStore, 'insertBatch' | 'addDeadLetter' | 'recordEpoch'>;
  readonly moods: Pick<MoodStore, 'add'>;
  readonly empathies: Pick<EmpathyStore, 'set'>;
  readonly insights: Pick<InsightStore, 'put' | 'advance'>;
  readonly questions: Pick<QuestionStore, 'add'>;
  /** Acquires or renews the lease for writing insights. @returns its fence */
  readonly fence: () => Promise<number>;
}

/** @throws DomainError CONFLICT */
const conflict = (what: string): never => {
  throw new DomainError(
    'CONFLICT',
    `${what} differs from the export: the target has data of its own. Import into an empty installation.`,
  );
};

/**
 * Stores an export. Entries that are stored already stay as they are, so an interrupted import is repeated from the start.
 * @throws DomainError CONFLICT where the target has another value in place of an entry; Error for an incomplete export
 */
export async function importEntries(entries: AsyncIterable<Entry>, target: Target): Promise<Header> {
  const epochs = new Set<string>();
  let batch: ChatEntry[] = [];
  const flush = async (): Promise<void> => {
    if (batch.length > 0) await storeChats(target, batch, epochs);
    batch = [];
  };
  let header: Header | undefined;
  for await (const entry of entries) {
    if (entry.kind === 'jungle-buzz') {
      header = entry;
      await target.chats.recordEpoch(entry.epoch);
    }
    if (!header) break;
    if (entry.kind !== 'chat') await flush();
    if (entry.kind === 'end') return header;
    if (entry.kind === 'room') await target.rooms.create(entry.room, Number.MAX_SAFE_INTEGER);
    else if (entry.kind === 'removed-room') await storeRemovedRoom(target, entry);
    else if (entry.kind === 'user') await storeUser(target, entry);
    else if (entry.kind === 'membership') await storeMembership(target, entry);
    else if (entry.kind === 'removal') await storeRemoval(target, entry);
    else if (entry.kind === 'invite') await target.invites.add(entry.invite);
    else if (entry.kind === 'insight') await storeInsight(target, entry);
    else if (entry.kind === 'question') await target.questions.add(entry.question);
    else if (entry.kind === 'schedule') await target.insights.advance(entry, await target.fence());
    else if (entry.kind === 'chat') {
      batch.push({ ...entry, chat: { ...NOTHING_SAID, ...entry.chat } });
      if (batch.length >= CHATS_BATCH) await flush();
    }
  }
  throw new Error(
    header
      ? 'the export is incomplete: run the export again with the same file, it resumes'
      : 'the first line is not the header of an export',
  );
}

async function storeUser({ users }: Target, { id, usernameKey, user }: Entry & { kind: 'user' }): Promise<void> {
  const placeholder = { id, username: usernameKey, usernameKey, email: null, emailKey: null, joinedAt: 0, passwordHash: '-' };
  const outcome = await users.create(user ?? placeholder);
  if (outcome === 'email-taken') conflict('the account with an e-mail');
  const there = outcome === 'created' ? { id } : await users.byUsernameKey(usernameKey);
  if (there ? there.id !== id : user !== null) conflict(`the account ${usernameKey}`);
  if (user === null) await users.remove(id);
}

async function storeMembership({ memberships }: Target, { membership }: Entry & { kind: 'membership' }): Promise<void> {
  const { room, userId, role, since } = membership;
  await memberships.join({ ...membership, role: 'MEMBER' });
  if (role === 'HOST' && !(await memberships.found(room, userId, since))) await memberships.setRole(room, userId, role, since);
}

async function storeRemoval({ memberships }: Target, { removal }: Entry & { kind: 'removal' }): Promise<void> {
  await memberships.join({ ...removal, role: 'MEMBER' });
  await memberships.end(removal.room, removal.userId, true);
}

/** A room of another installation that has the id stays. */
async function storeRemovedRoom({ rooms }: Target, { id }: Entry & { kind: 'removed-room' }): Promise<void> {
  const placeholder = {
    id,
    title: '-',
    anonymous: false,
    aliasLocale: 'en',
    createdAt: 0,
    settings: DEFAULT_ROOM_SETTINGS,
  } as const;
  if ((await rooms.create(placeholder, Number.MAX_SAFE_INTEGER)) === 'created') await rooms.remove(id);
}

/** The moods are computed again from the messages. Each message counts once, so a repeated import gives the same sums. */
async function storeChats(target: Target, entries: readonly ChatEntry[], epochs: Set<string>): Promise<void> {
  const { chats, moods } = target;
  const batch = entries.map(({ chat }) => chat);
  for (const { epoch } of batch) {
    if (!epochs.has(epoch)) await chats.recordEpoch(epoch);
    epochs.add(epoch);
  }
  for (const { chat, reason } of await chats.insertBatch(batch)) {
    if (reason === 'offset mismatch') conflict(`the message at offset ${chat.offset}`);
    await chats.addDeadLetter(chat, reason);
  }
  await moods.add(batch);
  await storePresses(target, entries);
}

async function storePresses({ empathies }: Target, entries: readonly ChatEntry[]): Promise<void> {
  const presses = entries.flatMap(({ chat: { id }, presses: ofChat = [] }) => ofChat.map((press) => ({ id, ...press })));
  for (let i = 0; i < presses.length; i += PRESSES_BATCH) {
    await Promise.all(presses.slice(i, i + PRESSES_BATCH).map(({ id, userId, empathy }) => empathies.set(id, userId, empathy)));
  }
}

async function storeInsight({ insights, fence }: Target, { insight }: Entry & { kind: 'insight' }): Promise<void> {
  if ((await insights.put(insight, await fence())) === 'fenced') {
    throw new DomainError('UNAVAILABLE', 'Another process writes letters on the target: stop it first.');
  }
}
