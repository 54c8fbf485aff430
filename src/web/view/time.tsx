import { useEffect, useState } from 'preact/hooks';
import { createStore } from '../state/store';
import { useStore } from '../state/use-store';
import type { Locale } from '../state/settings';
import { usePage, useWords } from '../state/page';
import { Phrase } from './phrase';

/** One clock for all relative times. */
const minute = createStore(Date.now());
setInterval(() => minute.set(Date.now()), 30_000);

/** The current time, which changes twice a minute. */
export const useMinute = (): number => useStore(minute);

/** Whole seconds until a time, in milliseconds since 1970; 0 once it has passed. */
export function useSecondsUntil(time: number): number {
  const [, tick] = useState(0);
  const seconds = Math.max(0, Math.ceil((time - Date.now()) / 1_000));
  useEffect(() => {
    if (seconds === 0) return;
    const timer = setTimeout(() => tick((n) => n + 1), 500);
    return () => clearTimeout(timer);
  });
  return seconds;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Formats are kept: making one costs a hundred times as much as using it. */
export function dateFormat(locale: Locale, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(locale, options);
  formats.set(key, made);
  return made;
}

const HOUR_MS = 3_600_000;
const relative = {
  ko: new Intl.RelativeTimeFormat('ko', { numeric: 'always' }),
  en: new Intl.RelativeTimeFormat('en', { numeric: 'always', style: 'short' }),
};

/** Minutes ago for an hour, then the time of day. */
export function Ago({ at }: { at: string }) {
  const now = useMinute();
  const words = useWords();
  const locale = useStore(usePage().settings.locale);
  const time = Date.parse(at);
  const age = now - time;
  const minutes = Math.floor(age / 60_000);
  const text =
    age >= HOUR_MS
      ? dateFormat(locale, { timeStyle: 'short' }).format(time)
      : minutes < 1
        ? words.now
        : relative[locale].format(-minutes, 'minute');
  return (
    <time dateTime={at} title={dateFormat(locale, { dateStyle: 'full', timeStyle: 'short' }).format(time)}>
      <Phrase>{text}</Phrase>
    </time>
  );
}

/** The day in the reader's time zone. */
export const dayOf = (at: string | number): string => new Date(at).toDateString();

/** By the calendar: some days have 23 or 25 hours. */
function dayBefore(now: number): string {
  const date = new Date(now);
  date.setDate(date.getDate() - 1);
  return date.toDateString();
}

export function DayName({ at }: { at: string }) {
  const words = useWords();
  const locale = useStore(usePage().settings.locale);
  const now = useMinute();
  if (dayOf(at) === dayOf(now)) return <Phrase>{words.today}</Phrase>;
  if (dayOf(at) === dayBefore(now)) return <Phrase>{words.yesterday}</Phrase>;
  return <Phrase>{dateFormat(locale, { month: 'long', day: 'numeric', weekday: 'long' }).format(Date.parse(at))}</Phrase>;
}
