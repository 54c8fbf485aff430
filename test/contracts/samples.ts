import type { Chat, ChatDraft } from '../../src/domain/chat';
import type { Insight } from '../../src/domain/insight';
import type { Session } from '../../src/ports/session-store';
import type { UserRecord } from '../../src/ports/user-store';

export const NOON = Date.UTC(2026, 2, 1, 12);

export const draft = (id: string, rest: Partial<ChatDraft> = {}): ChatDraft => ({
  id,
  room: 'main',
  authorId: 'author-1',
  author: '고요한 수달',
  text: `오늘은 ${id} 🌿\nsecond line`,
  emotions: [81, 0, 12, 30, 0, 0, 100, 5],
  dominant: 'ANXIETY',
  feeling: null,
  answers: null,
  ...rest,
});

/** A stored chat; each is sent one second after the one before. */
export const chat = (offset: number, rest: Partial<Chat> = {}): Chat => ({
  ...draft(`id-${offset}`),
  epoch: 'epoch-1',
  offset,
  sentAt: NOON + offset * 1000,
  revision: 0,
  scoredBy: 2,
  hidden: false,
  ...rest,
});

export const chats = (from: number, to: number, rest: (offset: number) => Partial<Chat> = () => ({})): Chat[] =>
  Array.from({ length: to - from + 1 }, (_, i) => chat(from + i, rest(from + i)));

export const offsets = (list: readonly Chat[] | undefined): number[] | undefined => list?.map(({ offset }) => offset);

export const user = (id: string, rest: Partial<UserRecord> = {}): UserRecord => ({
  id,
  username: `User_${id}`,
  usernameKey: `user_${id}`,
  email: null,
  emailKey: null,
  joinedAt: NOON,
  passwordHash: '$2b$04$hash',
  ...rest,
});

export const session = (id: string, rest: Partial<Session> = {}): Session => ({
  id,
  userId: 'user-1',
  createdAt: NOON,
  generation: 0,
  expiresAt: NOON + 1000,
  endedAt: null,
  ...rest,
});

/** An insight whose window is the day that ends `day` days after NOON. */
export function insight(id: string, day: number, rest: Partial<Insight> = {}): Insight {
  const window = { start: NOON + (day - 1) * 86_400_000, end: NOON + day * 86_400_000 };
  return {
    id,
    room: 'main',
    window,
    createdAt: window.end + 5,
    letter: '# 편지\n\n| JOY | 0.5 |',
    locale: 'ko',
    mood: {
      room: rest.room ?? 'main',
      window,
      messageCount: 12,
      scores: [0.5, 0, 0.25, 0, 0.125, 0, 0, 0],
      dominant: 'JOY',
      valence: 0.625,
      saidShare: 0.25,
    },
    topics: ['봄', 'rain'],
    messageCount: 12,
    participantCount: 4,
    scheduled: true,
    source: 'LOCAL',
    model: 'jungle-local-1',
    ...rest,
  };
}
