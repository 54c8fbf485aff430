import type { Question } from '../../domain/question';
import type { QuestionStore } from '../../ports/question-store';
import type { Environment } from './environment';
import type { KeySet, Table } from './table';

export interface LmdbQuestionStoreOptions {
  readonly env: Environment;
  readonly questions: Table<Question, string>;
  /** Room, time and id. */
  readonly byRoom: KeySet<[string, number, string]>;
}

export class LmdbQuestionStore implements QuestionStore {
  constructor(private readonly options: LmdbQuestionStoreOptions) {}

  add(question: Question): Promise<void> {
    const { env, questions, byRoom } = this.options;
    return env.write(() => {
      if (questions.has(question.id)) return;
      questions.put(question.id, question);
      byRoom.add([question.room, question.askedAt, question.id]);
    });
  }

  byId(id: string): Promise<Question | undefined> {
    return this.options.env.read(() => this.options.questions.getIntact(id));
  }

  page(room: string, before: Pick<Question, 'askedAt' | 'id'> | undefined, limit: number): Promise<readonly Question[]> {
    return this.options.env.read(() => {
      if (limit < 1) return [];
      const { askedAt, id } = before ?? { askedAt: Number.MAX_SAFE_INTEGER, id: '' };
      // The start is included: one more key is read, in case it is that of `before`.
      const range = { start: [room, askedAt, id] as [string, number, string], end: [room, 0, ''] as [string, number, string] };
      const keys = this.options.byRoom.keys({ ...range, reverse: true, limit: limit + 1 });
      return keys
        .filter(([, , found]) => found !== before?.id)
        .slice(0, limit)
        .flatMap(([, , found]) => this.options.questions.getIntact(found) ?? []);
    });
  }

  removeRoom(room: string): Promise<void> {
    const { env, questions, byRoom } = this.options;
    return env.write(() => {
      for (const key of byRoom.keys({ start: [room, 0, ''], end: [room, Number.MAX_SAFE_INTEGER, ''] })) {
        questions.remove(key[2]);
        byRoom.remove(key);
      }
    });
  }
}
