import { generationOf, type Chat } from '../../domain/chat';
import type { Answers } from '../analyzer';
import type { Locale, Mood, Window } from '../../domain/insight';
import { contribution } from '../../domain/mood-bucket';
import type { EmpathyStore } from '../../ports/empathy-store';
import { HOUR_MS, MoodSum } from '../mood/mood';
import { AnswerCounter } from './answer-counter';
import { NoteCounter, type NoteStatistics } from './note-counter';

export interface WindowStatistics {
  readonly mood: Mood;
  /** One mood per hour of the window, oldest first; the first and last hour may be shorter. */
  readonly hours: readonly Mood[];
  /** The accounts that wrote, with the offset of their first note in the window. */
  readonly writers: ReadonlyMap<string, number>;
  readonly notes: NoteStatistics;
  readonly answers: Answers;
  /** Generations of the model that read the messages. */
  readonly generations: ReadonlySet<number>;
  /** Empathies pressed on the messages. */
  readonly empathies: number;
  /** The language of most messages by their script; null without Hangul and Latin letters. */
  readonly language: Locale | null;
}

/** Messages whose empathies are read at once. */
const EMPATHY_CHUNK = 500;

/**
 * @param questions ids of the questions that stood in the window
 * @param messages in log order
 */
export async function collectStatistics(
  room: string,
  window: Window,
  questions: ReadonlySet<string>,
  messages: AsyncIterable<readonly Chat[]>,
  store: Pick<EmpathyStore, 'counts'>,
): Promise<WindowStatistics> {
  const all = new MoodSum();
  const hours = new Map<number, MoodSum>();
  const writers = new Map<string, number>();
  const notes = new NoteCounter();
  const answers = new AnswerCounter(questions);
  const generations = new Set<number>();
  let hangul = 0;
  let latin = 0;
  let empathies = 0;
  let ids: string[] = [];
  const countEmpathies = async () => {
    for (const counts of (await store.counts(ids)).values()) empathies += counts.reduce((sum, count) => sum + count, 0);
    ids = [];
  };
  for await (const chunk of messages) {
    for (const chat of chunk) {
      const counted = contribution(chat);
      all.add(counted);
      const hour = hourStart(chat.sentAt);
      let sum = hours.get(hour);
      if (!sum) hours.set(hour, (sum = new MoodSum()));
      sum.add(counted);
      if (!writers.has(chat.authorId)) writers.set(chat.authorId, chat.offset);
      notes.add(chat);
      answers.add(chat);
      generations.add(generationOf(chat));
      ids.push(chat.id);
      const letters = countLetters(chat.text);
      hangul += letters.hangul;
      latin += letters.latin;
    }
    if (ids.length >= EMPATHY_CHUNK) await countEmpathies();
  }
  await countEmpathies();
  return {
    mood: all.mood(room, window),
    hours: hoursOf(window).map((hour) => (hours.get(hourStart(hour.start)) ?? new MoodSum()).mood(room, hour)),
    writers,
    notes: notes.statistics(),
    answers: answers.answers(),
    generations,
    empathies,
    // One Hangul syllable stands for two to three Latin letters.
    language: hangul + latin === 0 ? null : hangul * 2.5 >= latin ? 'ko' : 'en',
  };
}

const hourStart = (instant: number): number => Math.floor(instant / HOUR_MS) * HOUR_MS;

/** The whole hours (UTC) of the window, the first and last cut to it. A window of a year has 8,760. */
function hoursOf(window: Window): Window[] {
  const hours: Window[] = [];
  for (let start = window.start; start < window.end;) {
    const end = Math.min(window.end, hourStart(start) + HOUR_MS);
    hours.push({ start, end });
    start = end;
  }
  return hours;
}

/** Compares code units, which takes a tenth of the time of a regular expression with \p{…}. */
function countLetters(text: string): { readonly hangul: number; readonly latin: number } {
  let hangul = 0;
  let latin = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0xac00 && unit <= 0xd7a3) hangul++;
    else if ((unit | 0x20) >= 0x61 && (unit | 0x20) <= 0x7a) latin++;
  }
  return { hangul, latin };
}
