import type { Chat } from '../../domain/chat';
import type { Locale, Mood, Window } from '../../domain/insight';
import { HOUR_MS, MoodSum } from '../mood/mood';
import { Planted } from './planted';

/** What the messages of a window tell. */
export interface Survey {
  /** Of all but the messages that speak to the writer of the letter: these count, but their scores do not. */
  readonly mood: Mood;
  /** One mood per hour of the window, oldest first; the first and last may be shorter. */
  readonly hours: readonly Mood[];
  readonly participantCount: number;
  /** The script most letters are of; null without a letter of either. */
  readonly language: Locale | null;
  readonly planted: Planted;
}

/** @param messages is called a second time where something was planted */
export async function survey(room: string, window: Window, messages: () => AsyncIterable<readonly Chat[]>): Promise<Survey> {
  const planted = new Planted();
  const all = new MoodSum();
  const hours = new Map<number, MoodSum>();
  const authors = new Set<string>();
  let hangul = 0;
  let latin = 0;
  for await (const chunk of messages()) {
    planted.add(chunk);
    for (const chat of chunk) {
      all.add(1, chat.emotions);
      const hour = Math.floor(chat.sentAt / HOUR_MS) * HOUR_MS;
      let sum = hours.get(hour);
      if (!sum) hours.set(hour, (sum = new MoodSum()));
      sum.add(1, chat.emotions);
      authors.add(chat.authorId);
      const letters = countLetters(chat.text);
      hangul += letters.hangul;
      latin += letters.latin;
    }
  }
  if (planted.found) {
    for await (const chunk of messages()) {
      for (const chat of chunk) {
        if (!planted.isOrder(chat)) continue;
        all.silence(chat.emotions);
        hours.get(Math.floor(chat.sentAt / HOUR_MS) * HOUR_MS)?.silence(chat.emotions);
      }
    }
  }
  return {
    mood: all.mood(room, window),
    hours: hoursOf(window).map((hour) =>
      (hours.get(Math.floor(hour.start / HOUR_MS) * HOUR_MS) ?? new MoodSum()).mood(room, hour),
    ),
    participantCount: authors.size,
    // A Hangul syllable is worth two or three Latin letters.
    language: hangul + latin === 0 ? null : hangul * 2.5 >= latin ? 'ko' : 'en',
    planted,
  };
}

/** Clipped to the window. A window of a year has 8,760. */
function hoursOf(window: Window): Window[] {
  const hours: Window[] = [];
  for (let start = window.start; start < window.end;) {
    const end = Math.min(window.end, (Math.floor(start / HOUR_MS) + 1) * HOUR_MS);
    hours.push({ start, end });
    start = end;
  }
  return hours;
}

/** By code unit, which is a tenth of the cost of a pattern with \p{…}. */
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
