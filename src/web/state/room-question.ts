import type { LiveClient } from '../../client';
import { unmask } from '../generated/fragment-masking';
import {
  AskQuestionDocument,
  QuestionFieldsFragmentDoc,
  RoomChangesDocument,
  RoomQuestionDocument,
  type QuestionFieldsFragment,
  type RoomChangesSubscription,
} from '../generated/graphql';
import type { Session } from './session';
import { createStore } from './store';

export type Question = QuestionFieldsFragment;

/** The question that stands in one room, until `close`. */
export class RoomQuestion {
  readonly current = createStore<Question | null>(null);
  readonly close: () => void;

  constructor(
    private readonly room: string,
    live: LiveClient,
    private readonly session: Session,
    /** Gets what else has changed of the room. */
    onRoom: (room: RoomChangesSubscription['roomChanged']) => void,
  ) {
    this.close = live.watch({
      query: RoomChangesDocument,
      variables: { room },
      onData: ({ roomChanged }) => {
        const { question } = roomChanged;
        this.current.set(question ? unmask(QuestionFieldsFragmentDoc, question) : null);
        onRoom(roomChanged);
      },
    });
  }

  /** Changes during a broken connection are lost, so it is loaded again after one. If that fails, it stays as it was. */
  async load(): Promise<void> {
    try {
      const { room } = await this.session.run(RoomQuestionDocument, { room: this.room });
      this.current.set(room?.question ? unmask(QuestionFieldsFragmentDoc, room.question) : null);
    } catch {
      // The wall works without it.
    }
  }

  /** @throws ApiError */
  async ask(text: string): Promise<void> {
    const { askQuestion } = await this.session.run(AskQuestionDocument, { room: this.room, text });
    this.current.set(unmask(QuestionFieldsFragmentDoc, askQuestion));
  }
}
