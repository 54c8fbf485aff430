import { EMOTIONS } from '../../domain/emotion';
import type { Locale } from '../../domain/insight';
import { mask } from './masking';
import { KO_COMMON, EN_COMMON } from '../stem';
import { normalizeText, words } from '../text';
import { EN } from '../letter/wording-en';
import { KO } from '../letter/wording-ko';

const MIN_LETTER = 60;
export const MAX_LETTER = 4_000;
const MAX_TOPIC = 24;
const NO_NAMES: ReadonlySet<string> = new Set();

/** A run of letters and digits in one word, or of capitals, is a code and no word of a letter; 9pm, 1st and the like are. */
const CODE =
  /(?=[A-Za-z\d_]*\d)(?=[A-Za-z\d_]*[A-Za-z])[A-Za-z\d_]{5,}|[A-Za-z\d]+_[A-Za-z\d_]+|(?<![A-Za-z])[A-Z]{4,}(?![A-Za-z])/;

/** Why a text cannot be a letter to the room, or null. What it may have taken from messages is checked elsewhere. */
export function problemOf(letter: string, locale: Locale): string | null {
  if (letter.length < MIN_LETTER) return 'too short';
  if (letter.length > MAX_LETTER) return 'too long';
  const hangul = letter.match(/[가-힣]/g)?.length ?? 0;
  const latin = letter.match(/[A-Za-z]/g)?.length ?? 0;
  if (locale === 'ko' ? hangul * 2.5 < latin : hangul > latin * 0.1) return 'other language';
  return oddity(letter);
}

export const isTopic = (topic: string): boolean =>
  topic.trim() !== '' && topic.length <= MAX_TOPIC && /^[\p{L}\p{N} '&·/-]+$/u.test(topic) && oddity(topic) === null;

function oddity(text: string): string | null {
  const read = normalizeText(text);
  if (mask(read, NO_NAMES) !== read) return 'address, number or key';
  if (/\[(?:email|url|phone|card|number|key|name)\]/i.test(read)) return 'masked part';
  const code = CODE.exec(read);
  return code && !(EMOTIONS as readonly string[]).includes(code[0]) ? 'code' : null;
}

/** Words that any letter may use, whoever else used them. */
const ORDINARY: ReadonlySet<string> = new Set([
  ...EN_COMMON,
  ...KO_COMMON,
  ...words(JSON.stringify([KO, EN])),
  ...words(
    'write writing wrote letter letters word words message messages summary previous earlier above instruction instructions include mention report analysis response answer contain contains system rules ' +
      '편지 편지를 편지에 글을 메시지 내용 요약 분석 이전 지시 모두 단어 문장 감정 점수',
  ),
]);

export const isOrdinary = (word: string): boolean => ORDINARY.has(word);

/** Only the text of the letter: no heading, no table, and nothing that a reader's Markdown or HTML would act on. */
export const tidy = (letter: string): string =>
  normalizeText(letter)
    .replaceAll('\r\n', '\n')
    .split('\n')
    .filter((line) => !/^\s*(?:\||#{1,6}\s)/.test(line))
    .join('\n')
    .replaceAll('<', '&lt;')
    .replaceAll('](', '] (')
    .replace(/!\[/g, '! [')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
