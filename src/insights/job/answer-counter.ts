import { shownEmotion, type Chat } from '../../domain/chat';
import { EMOTIONS } from '../../domain/emotion';
import type { Answers } from '../analyzer';
import { dominantOf } from '../mood/mood';
import { CROWD } from './crowd';

/** Counts the notes that answer certain questions, and what they feel. */
export class AnswerCounter {
  private notes = 0;
  private readonly accounts = new Set<string>();
  /** Notes by the emotion that they show, in the order of EMOTIONS. */
  private readonly shown = EMOTIONS.map(() => 0);

  /** @param questions their ids */
  constructor(private readonly questions: ReadonlySet<string>) {}

  add(chat: Chat): void {
    if (chat.answers === null || !this.questions.has(chat.answers)) return;
    this.notes++;
    if (this.accounts.size < CROWD) this.accounts.add(chat.authorId);
    const emotion = shownEmotion(chat);
    const i = emotion === null ? -1 : EMOTIONS.indexOf(emotion);
    if (i >= 0) this.shown[i] = (this.shown[i] ?? 0) + 1;
  }

  answers(): Answers {
    const { notes } = this;
    const feeling = this.accounts.size < CROWD ? null : dominantOf(this.shown.map((count) => count / notes));
    return { notes, feeling };
  }
}
