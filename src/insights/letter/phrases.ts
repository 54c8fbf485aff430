import type { Locale, Window } from '../../domain/insight';
import { HOUR_MS } from '../mood/mood';
import { dayOfWeek, Zone } from '../../util/zone';

const KOREAN_ONES = ['', '한', '두', '세', '네', '다섯', '여섯', '일곱', '여덟', '아홉'];
const KOREAN_TENS = ['', '열', '스물', '서른', '마흔', '쉰', '예순', '일흔', '여든', '아흔'];
const ENGLISH = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];
const KOREAN_DAYS = ['일', '월', '화', '수', '목', '금', '토'];
const ENGLISH_DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const ENGLISH_MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October'],
  ...['November', 'December'],
];
/** A longer window is named by its first day. */
const MAX_DAY_MS = 28 * HOUR_MS;

/** The number in words where that is usual: up to 99 in Korean, up to 12 in English. */
export function inWords(count: number, locale: Locale): string {
  if (locale === 'en') return ENGLISH[count] ?? count.toLocaleString('en');
  if (count > 99 || count < 1) return count.toLocaleString('ko');
  if (count === 20) return '스무';
  return (KOREAN_TENS[Math.floor(count / 10)] ?? '') + (KOREAN_ONES[count % 10] ?? '');
}

/** A count with its unit, by the name that sentences use for it. */
export function counted(count: number, locale: Locale): Record<string, string> {
  const n = count.toLocaleString(locale);
  const word = inWords(count, locale);
  if (locale === 'ko') {
    return { n, times: `${word} 번`, people: `${word} 명`, guests: `${word} 분`, pieces: count === 1 ? '하나' : `${word} 개` };
  }
  const times = count === 1 ? 'once' : count === 2 ? 'twice' : `${word} times`;
  return {
    n,
    times,
    people: count === 1 ? 'one person' : `${word} people`,
    pieces: count === 1 ? `${word} note` : `${word} notes`,
    answers: count === 1 ? `${word} answer` : `${word} answers`,
  };
}

/** Written here because Intl's Korean hours depend on the version of ICU. */
export function hourName(hour: number, locale: Locale): string {
  const twelve = hour % 12 === 0 ? 12 : hour % 12;
  if (locale === 'en') return twelve === 12 ? (hour === 0 ? 'midnight' : 'noon') : `${twelve} ${hour < 12 ? 'am' : 'pm'}`;
  return `${koreanPart(hour)} ${twelve}시`;
}

function koreanPart(hour: number): string {
  if (hour === 12) return '낮';
  if (hour === 0 || hour > 20) return '밤';
  return hour < 6 ? '새벽' : hour < 12 ? '오전' : hour < 18 ? '오후' : '저녁';
}

/** The day on which the window starts. In Korean the name ends in a consonant, so particles after it are fixed. */
export function dateName({ start, end }: Window, timeZone: string, locale: Locale): string {
  const date = new Zone(timeZone).local(start);
  const day = locale === 'ko' ? `${date.month}월 ${date.day}일` : `${date.day} ${ENGLISH_MONTHS[date.month - 1] ?? ''}`;
  if (end - start > MAX_DAY_MS) return locale === 'ko' ? `${day}부터의 나날` : `the days from ${day}`;
  const weekday = dayOfWeek(date);
  return locale === 'ko' ? `${day} ${KOREAN_DAYS[weekday] ?? ''}요일` : `${ENGLISH_DAYS[weekday] ?? ''} ${day}`;
}

export function listed(items: readonly string[], locale: Locale): string {
  if (locale === 'ko' || items.length < 2) return items.join(', ');
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;
}

export const capitalise = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Fills `{name}` in a sentence. A value that begins an English sentence gets a capital. */
export function fill(sentence: string, values: Readonly<Record<string, string>>, locale: Locale): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name: string, at: number) => {
    const value = values[name] ?? '';
    return locale === 'en' && (at === 0 || /[.!?] $/.test(sentence.slice(0, at))) ? capitalise(value) : value;
  });
}
