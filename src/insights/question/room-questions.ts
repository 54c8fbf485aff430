import { LRUCache } from 'lru-cache';
import type { Insight, Window } from '../../domain/insight';
import { parseQuestion, type Question } from '../../domain/question';
import type { Clock } from '../../ports/clock';
import type { NewId } from '../../ports/ids';
import type { InsightStore } from '../../ports/insight-store';
import type { QuestionStore } from '../../ports/question-store';
import { questionOf } from './choose-question';

export interface RoomQuestionsDeps {
  readonly insights: Pick<InsightStore, 'byId' | 'latest' | 'page'>;
  readonly questions: QuestionStore;
  readonly clock: Clock;
  readonly newId: NewId;
}

const PAGE = 50;
/** Time in which a room gets no question twice. */
const NO_REPEAT_MS = 60 * 24 * 3_600_000;
/** Questions that are looked at for it. The lists have fewer, so a room with more letters in this time gets some again. */
const MAX_RECENT = 300;
/** Ids of questions that are kept in memory. */
const CACHED = 10_000;

const questionOfLetter = (letter: Insight): Question => ({
  id: letter.id,
  room: letter.room,
  text: questionOf(letter),
  askedAt: letter.createdAt,
});

/**
 * The questions of rooms: each scheduled letter asks one, and people may ask others. A question stands until the next one. Questions
 * can be answered however old they are.
 */
export class RoomQuestions {
  /** Rooms by question, so that known questions can be answered while the store is unavailable. A question never changes its room. */
  private readonly roomOf = new LRUCache<string, string>({ max: CACHED });

  constructor(private readonly deps: RoomQuestionsDeps) {}

  /** The question that stands in the room, or null before the first. @throws DomainError UNAVAILABLE */
  async current(room: string): Promise<Question | null> {
    const letter = await this.deps.insights.latest(room);
    const [asked] = await this.deps.questions.page(room, undefined, 1);
    const current = letter && !(asked && asked.askedAt >= letter.createdAt) ? questionOfLetter(letter) : (asked ?? null);
    if (current) this.roomOf.set(current.id, room);
    return current;
  }

  /** Whether the id is that of a question to the room. @throws DomainError UNAVAILABLE */
  async isQuestion(id: string, room: string): Promise<boolean> {
    let found = this.roomOf.get(id);
    if (found === undefined) {
      const letter = await this.deps.insights.byId(id);
      found = letter?.scheduled ? letter.room : (await this.deps.questions.byId(id))?.room;
      if (found !== undefined) this.roomOf.set(id, found);
    }
    return found === room;
  }

  /** Asks the room, which has to exist. @throws DomainError BAD_USER_INPUT, UNAVAILABLE */
  async ask(room: string, text: string): Promise<Question> {
    const question = { id: this.deps.newId(), room, text: parseQuestion(text), askedAt: this.deps.clock.now() };
    await this.deps.questions.add(question);
    return question;
  }

  /** Ids of the questions that stood at any time of the window. */
  async standingIn(room: string, { start, end }: Window): Promise<ReadonlySet<string>> {
    const { insights, questions } = this.deps;
    const letters = await collect(
      (last?: Insight) => insights.page(room, last?.window.end ?? end, PAGE),
      (letter) => letter.createdAt <= start,
    );
    const others = await collect(
      (last?: Question) => questions.page(room, last ?? { askedAt: end, id: '' }, PAGE),
      ({ askedAt }) => askedAt <= start,
    );
    const newestFirst = [...others, ...letters.map(questionOfLetter)].sort((a, b) => b.askedAt - a.askedAt);
    const replacedAt = (i: number) => newestFirst[i - 1]?.askedAt ?? Infinity;
    return new Set(newestFirst.filter(({ askedAt }, i) => askedAt < end && replacedAt(i) > start).map(({ id }) => id));
  }

  /** Texts of the questions that letters asked the room in the 60 days before `end`, newest first. */
  async recent(room: string, end: number): Promise<readonly string[]> {
    const since = end - NO_REPEAT_MS;
    const isEarlier = ({ createdAt, window }: Insight) => Math.max(createdAt, window.end) < since;
    const letters = await collect(
      (last?: Insight) => this.deps.insights.page(room, last?.window.end ?? end, PAGE),
      (letter, count) => isEarlier(letter) || count >= MAX_RECENT,
    );
    return letters.filter((letter) => !isEarlier(letter)).map(questionOf);
  }
}

/** Reads pages until an item is enough, which is the last one returned. */
async function collect<T>(
  next: (last?: T) => Promise<readonly T[]>,
  isEnough: (item: T, count: number) => boolean,
): Promise<T[]> {
  const items: T[] = [];
  for (;;) {
    const page = await next(items.at(-1));
    for (const item of page) {
      items.push(item);
      if (isEnough(item, items.length)) return items;
    }
    if (page.length === 0) return items;
  }
}
