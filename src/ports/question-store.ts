import type { Question } from '../domain/question';

/** Questions that people asked a room. The questions of letters are in the InsightStore. */
export interface QuestionStore {
  /** Stores the question under its id, once: an id that is stored already stays as it is. Durable when resolved. @throws DomainError UNAVAILABLE */
  add(question: Question): Promise<void>;
  /** @param id any text @throws DomainError UNAVAILABLE */
  byId(id: string): Promise<Question | undefined>;
  /**
   * Questions of the room, newest first and, of the same time, in descending order of their ids; at most `limit`.
   * @param before only questions that follow it in this order
   * @throws DomainError UNAVAILABLE
   */
  page(room: string, before: Pick<Question, 'askedAt' | 'id'> | undefined, limit: number): Promise<readonly Question[]>;
  /** Removes all questions of the room. Durable when resolved. @throws DomainError UNAVAILABLE */
  removeRoom(room: string): Promise<void>;
}
