import type { Key } from 'lmdb';
import { unpack } from 'msgpackr';
import { NOTHING_SAID, type Chat } from '../../domain/chat';
import { EMOTIONS } from '../../domain/emotion';
import type { Insight } from '../../domain/insight';
import type { MoodBucket } from '../../domain/mood-bucket';
import type { Room } from '../../domain/room';
import { StartupError } from '../../domain/startup-error';
import type { Logger } from '../../ports/logger';
import type { Session } from '../../ports/session-store';
import type { Spend } from '../../ports/spend-store';
import type { UserRecord } from '../../ports/user-store';
import { chatRecords } from './chat-table';
import type { Environment } from './environment';
import type { DeadLetter } from './lmdb-chat-store';
import type { LeaseRecord } from './lmdb-lease';
import { LogState } from './log-state';

/**
 * Grows when the records or databases change in a way that older code would misread. Schema 2 has checksums; schema 3 adds fields to
 * chats, whose records of schema 2 stay as they are; schema 4 has a journal beside the database.
 */
export const SCHEMA_VERSION = 4;
/** Records that one transaction converts. */
const CHUNK = 2_000;

/** The compiler notices a stored field that is renamed: what is stored then needs another conversion. */
type Fields<T> = Record<keyof T, unknown>;

/** Values of schema 1 had no checksum, and objects were lists of their fields. */
type Convert = (key: Key, value: readonly unknown[]) => unknown;

const same: Convert = (_, value) => value;

const chat = (offset: Key, value: readonly unknown[]): Fields<Chat> => {
  const [id, room, authorId, author, text, emotions, dominant, epoch, sentAt, hidden] = value;
  const feeling = { emotions, dominant: EMOTIONS[dominant as number] ?? null };
  return {
    ...{ id, room, authorId, author, text },
    ...feeling,
    ...NOTHING_SAID,
    scoredBy: undefined,
    ...{ epoch, offset, sentAt, hidden: hidden === 1 },
  };
};

const moodBucket: Convert = (key, [count, lastOffset, sums]) =>
  ({ start: (key as unknown[])[1], count, said: 0, sums, lastOffset, corrected: {} }) satisfies Fields<MoodBucket>;

const insight: Convert = (id, value) => {
  const [room, start, end, createdAt, letter, locale, mood, topics, messageCount, participantCount, scheduled, ...by] = value;
  const [dominant, scores, valence, moodCount] = mood as readonly unknown[];
  const window = { start, end };
  return {
    ...{ id, room, window, createdAt, letter, locale, topics, messageCount, participantCount },
    mood: { room, window, messageCount: moodCount, scores, dominant, valence },
    ...{ scheduled: scheduled === 1, source: by[0], model: by[1] },
  } satisfies Omit<Fields<Insight>, 'translations' | 'facts' | 'question' | 'answerCount'>;
};

/** Every table but the state of the log. Key sets have the same form in both schemas. */
const CONVERSIONS: Readonly<Record<string, Convert>> = {
  log: chat,
  chats: chat,
  'chat-ids': same,
  'chats-author-counts': same,
  'chats-set-aside': (offset, [reason, tuple]) =>
    ({ reason, chat: chat(offset, tuple as readonly unknown[]) }) satisfies Fields<DeadLetter>,
  users: (id, [username, usernameKey, email, emailKey, joinedAt, passwordHash]) => {
    return { id, username, usernameKey, email, emailKey, joinedAt, passwordHash } satisfies Fields<UserRecord>;
  },
  'users-by-username': same,
  'users-by-email': same,
  sessions: (id, [userId, createdAt, generation, expiresAt, endedAt]) => {
    return { id, userId, createdAt, generation, expiresAt, endedAt } satisfies Fields<Session>;
  },
  rooms: (id, [title, anonymous, aliasLocale, createdAt, settings]) => {
    return { id, title, anonymous: anonymous === 1, aliasLocale, createdAt, settings } satisfies Omit<Fields<Room>, 'version'>;
  },
  secrets: same,
  aliases: same,
  'mood-minutes': moodBucket,
  'mood-hours': moodBucket,
  insights: insight,
  'insight-schedule': same,
  spend: (_, [calls, inputTokens, outputTokens, microUsd]) =>
    ({ calls, inputTokens, outputTokens, microUsd }) satisfies Fields<Spend>,
  reports: same,
  mutes: same,
  audit: same,
  erasures: same,
  retention: same,
  leases: (_, [holder, fence, endsAt]) => ({ holder, fence, endsAt }) satisfies Fields<LeaseRecord>,
};
const NAMES = Object.keys(CONVERSIONS);

/** How far a conversion came. */
interface Progress {
  /** Place in NAMES of the table that is being converted. */
  readonly table: number;
  /** Its last key that was converted; null before the first. */
  readonly after: Key | null;
}

/** @throws StartupError for the folder of a newer version; nothing was changed */
export function checkSchema(env: Environment, dataDir: string): void {
  const meta = env.plain<number>('meta');
  const version = env.writeNow(() => {
    const found = meta.get('schema');
    if (found === undefined) void meta.put('schema', SCHEMA_VERSION);
    return found ?? SCHEMA_VERSION;
  });
  if (version > SCHEMA_VERSION) {
    throw new StartupError(
      `DATA_DIR ${dataDir} was written by a newer version (schema ${version}, this one knows ${SCHEMA_VERSION}): update, or choose another folder.`,
    );
  }
}

/**
 * Makes a folder one of this schema; only its writer may call this. A folder of schema 2 or 3 needs the number only. One of schema 1 is
 * converted: each transaction converts some records and stores how far it came, so a conversion that was killed goes on at the next start. From the first transaction on, older versions refuse the folder.
 */
export async function migrate(env: Environment, logger: Logger, chunk = CHUNK): Promise<void> {
  const meta = env.plain<number>('meta');
  const stored = env.plain<Progress>('conversion');
  const version = await env.read(() => meta.get('schema') ?? SCHEMA_VERSION);
  if (version > 1 && !stored.get('progress')) {
    if (version < SCHEMA_VERSION) await env.write(() => void meta.put('schema', SCHEMA_VERSION));
    return;
  }
  logger.info({ from: 1, to: SCHEMA_VERSION }, 'converting DATA_DIR for this version');
  let done = false;
  while (!done) {
    done = await env.write(() => {
      const progress = convertChunk(env, stored.get('progress') ?? { table: 0, after: null }, chunk);
      void meta.put('schema', SCHEMA_VERSION);
      if (progress) void stored.put('progress', progress);
      else void stored.remove('progress');
      return !progress;
    });
  }
  logger.info({ schema: SCHEMA_VERSION }, 'DATA_DIR is converted');
}

/** @returns undefined when everything is converted */
function convertChunk(env: Environment, { table, after }: Progress, chunk: number): Progress | undefined {
  const name = NAMES[table];
  const convert = name === undefined ? undefined : CONVERSIONS[name];
  if (name === undefined || !convert) {
    convertLogState(env);
    return undefined;
  }
  const target = convert === chat ? chatRecords(env, name) : env.table<object, Key>(name);
  // The start of a range is included.
  const range = { ...(after !== null && { start: after }), limit: chunk + 1 };
  const entries = [...env.binary(name).getRange(range)].filter(({ key }) => after === null || String(key) !== String(after));
  for (const { key, value } of entries) target.put(key, convert(key, unpack(value) as readonly unknown[]) as object);
  const last = entries.at(-1);
  return last ? { table, after: last.key } : { table: table + 1, after: null };
}

function convertLogState(env: Environment): void {
  const old = env.binary('log-state');
  const value = (key: string): readonly unknown[] => {
    const bytes = old.get(key);
    return bytes ? (unpack(bytes) as readonly unknown[]) : [];
  };
  const [epoch = ''] = value('epoch');
  const [head = 0, sentAt = 0] = value('head');
  const [committed = 0, fence = 0] = value('committed');
  new LogState(env).set({ epoch, head, sentAt, committed, fence } as Parameters<LogState['set']>[0]);
  for (const key of ['epoch', 'head', 'committed']) void old.remove(key);
}
