import { EMOTIONS } from '../../domain/emotion';
import type { Locale } from '../../domain/insight';
import { MAX_QUESTION_CODE_POINTS } from '../../domain/question';
import { mask } from './masking';
import { normalizeText, words } from '../text';
import { WORDINGS } from '../letter/wording';

const MIN_LETTER = 60;
export const MAX_LETTER = 4_000;
const MAX_TOPIC = 24;
const NO_NAMES: ReadonlySet<string> = new Set();

/** Codes: five or more letters and digits in one word, words with an underscore, four or more capitals. 9pm and 1st are none. */
const CODE =
  /(?=[A-Za-z\d_]*\d)(?=[A-Za-z\d_]*[A-Za-z])[A-Za-z\d_]{5,}|[A-Za-z\d]+_[A-Za-z\d_]+|(?<![A-Za-z])[A-Z]{4,}(?![A-Za-z])/;

/** Why a text is no valid letter, or null. Quotations and rare words are checked elsewhere. */
export function problemOf(letter: string, locale: Locale): string | null {
  if (letter.length < MIN_LETTER) return 'too short';
  if (letter.length > MAX_LETTER) return 'too long';
  const hangul = letter.match(/[가-힣]/g)?.length ?? 0;
  const latin = letter.match(/[A-Za-z]/g)?.length ?? 0;
  if (locale === 'ko' ? hangul * 2.5 < latin : hangul > latin * 0.1) return 'other language';
  return forbiddenPart(letter);
}

/** Whether the text can be the question of a letter. Quotations and rare words are checked elsewhere. */
export const isQuestion = (text: string, locale: Locale): boolean =>
  text.length <= MAX_QUESTION_CODE_POINTS &&
  /^[^\n<>[\]|`*_#\\]+\?$/.test(text) &&
  /[가-힣]/.test(text) === (locale === 'ko') &&
  forbiddenPart(text) === null;

export const isTopic = (topic: string): boolean =>
  topic.trim() !== '' && topic.length <= MAX_TOPIC && /^[\p{L}\p{N} '&·/-]+$/u.test(topic) && forbiddenPart(topic) === null;

function forbiddenPart(text: string): string | null {
  const normalized = normalizeText(text);
  if (mask(normalized, NO_NAMES) !== normalized) return 'address, number or key';
  if (/\[(?:email|url|phone|card|number|key|name)\]/i.test(normalized)) return 'masked part';
  const code = CODE.exec(normalized);
  return code && !(EMOTIONS as readonly string[]).includes(code[0]) ? 'code' : null;
}

/** Words of the local letters and of letter writing: a letter may use them although one account alone did. */
const LETTER_WORDS: ReadonlySet<string> = new Set([
  ...words(JSON.stringify(WORDINGS)),
  ...words(
    'write writing wrote letter letters word words message messages summary previous earlier above instruction instructions include mention report analysis response answer contain contains system rules ' +
      '편지 편지를 편지에 글을 메시지 내용 요약 분석 이전 지시 모두 단어 문장 감정 점수',
  ),
]);

export const isLetterWord = (word: string): boolean => LETTER_WORDS.has(word);

/** The letter without headings and tables, and without anything that Markdown or HTML would render as a link, image or element. */
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
