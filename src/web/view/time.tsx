import { createStore } from '../state/store';
import { useStore } from '../state/use-store';
import type { Locale } from '../state/settings';
import { usePage, useWords } from '../state/page';

/** One clock for all relative times. */
const minute = createStore(Date.now());
setInterval(() => minute.set(Date.now()), 30_000);

const formats = new Map<string, Intl.DateTimeFormat>();

/** Building a format costs a hundred times what using it does. */
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
  const now = useStore(minute);
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
      {text}
    </time>
  );
}

/** Days as the reader's clock has them. */
export const dayOf = (at: string | number): string => new Date(at).toDateString();

export function DayName({ at }: { at: string }) {
  const words = useWords();
  const locale = useStore(usePage().settings.locale);
  const now = useStore(minute);
  if (dayOf(at) === dayOf(now)) return <>{words.today}</>;
  if (dayOf(at) === dayOf(now - 24 * HOUR_MS)) return <>{words.yesterday}</>;
  return <>{dateFormat(locale, { month: 'long', day: 'numeric', weekday: 'long' }).format(Date.parse(at))}</>;
}
