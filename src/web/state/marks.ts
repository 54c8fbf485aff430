import type { MarksQuery } from '../generated/graphql';
import { createStore } from './store';

/** What only the person who is logged in knows of a note. */
export type Mark = Omit<MarksQuery['chatMarks'][number], 'chatId'>;

/** The server answers at most so many at a time. */
const BATCH = 100;
/** Marks that are remembered: those of several rooms. */
const MAX_KNOWN = 2_000;

/** The marks of notes that the page has shown. A note without a mark is somebody else's. */
export class Marks {
  readonly known = createStore<ReadonlyMap<string, Mark>>(new Map());
  /** Grows when the person changes. Answers to an earlier one are dropped. */
  private generation = 0;

  /** @param ask of the person who is logged in; empty if nobody is. @throws ApiError */
  constructor(private readonly ask: (ids: string[]) => Promise<MarksQuery['chatMarks']>) {}

  /** Asks for marks. If that fails, those of before stay. */
  async load(ids: readonly string[]): Promise<void> {
    const { generation } = this;
    for (let at = 0; at < ids.length; at += BATCH) {
      const answer = await this.ask(ids.slice(at, at + BATCH)).catch(() => []);
      if (generation !== this.generation) return;
      this.learn(answer.map(({ chatId, ...mark }) => [chatId, mark]));
    }
  }

  learn(marks: readonly (readonly [id: string, mark: Mark])[]): void {
    if (marks.length === 0) return;
    const known = new Map(this.known.get());
    for (const [id, mark] of marks) {
      known.delete(id);
      known.set(id, mark);
    }
    for (const oldest of known.keys()) {
      if (known.size <= MAX_KNOWN) break;
      known.delete(oldest);
    }
    this.known.set(known);
  }

  clear(): void {
    this.generation++;
    this.known.set(new Map());
  }
}
