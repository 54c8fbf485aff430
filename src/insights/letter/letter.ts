import type { Locale, Window } from '../../domain/insight';
import { isPleasant } from '../../domain/emotion';
import type { AnalysisInput } from '../analyzer';
import { HOUR_MS } from '../mood/mood';
import { Zone } from '../mood/zone';
import { hash } from '../text';
import { meaningOf, type Meaning, type MeaningInput, type Trend } from './meaning';
import { WORDINGS, type Wording } from './wording';

type LetterInput = MeaningInput & Pick<AnalysisInput, 'room' | 'window' | 'locale' | 'timeZone'>;

const DAY_MS = 24 * HOUR_MS;
/** People from whom on a letter may say that the topics differed. */
const SEVERAL_PEOPLE = 3;

/** Composes the letter from prepared sentences. The same input gives the same letter. */
export function composeLetter(input: LetterInput, topics: readonly string[]): string {
  const { mood, locale } = input;
  const wording = WORDINGS[locale];
  const pick = sentencePicker(input.room.id, input.window);
  const room = escapeMarkdown(input.room.title);
  if (mood.messageCount === 0) {
    const { opening, middle, wish } = wording.empty;
    return [pick(opening, { room }), pick(middle), pick(wish)].join(' ');
  }
  const meaning = meaningOf(input);
  const paragraphs = [
    [pick(wording.greeting, { room }), pick(wording.volume[meaning.volume], amounts(input))],
    [...feelings(meaning, wording, pick), ...(meaning.trend ? trend(meaning.trend, meaning.bright, wording, pick) : [])],
    [...peak(meaning, input, wording, pick), ...about(topics, input, wording, pick)],
    [pick(wording.wish[meaning.kind === 'mixed' || meaning.kind === 'faint' ? meaning.kind : meaning.first])],
  ];
  return paragraphs
    .filter((sentences) => sentences.length > 0)
    .map((sentences) => sentences.join(' '))
    .join('\n\n');
}

/** The note below a letter for which only a sample of the notes was read. */
export function sampleNote(locale: Locale, read: number, total: number): string {
  const [some, all] = [read.toLocaleString(locale), total.toLocaleString(locale)];
  return locale === 'ko'
    ? `*글 ${all}개 가운데 고르게 뽑은 ${some}개를 읽고 쓴 편지예요.*`
    : `*Written after reading ${some} of ${all} notes, chosen evenly over the hours and the people.*`;
}

/** Escapes a title, so that Markdown and HTML in it are shown as text. */
const escapeMarkdown = (text: string): string => text.replace(/[\\`*_{}[\]()#+!|~-]/g, '\\$&').replaceAll('<', '&lt;');

type PickSentence = (sentences: readonly string[], values?: Readonly<Record<string, string>>) => string;

/**
 * Picks a sentence of each list. The start depends on room and list; from one window to the next every list advances by one, so
 * that neighbouring letters share no sentence.
 */
function sentencePicker(room: string, { start, end }: Window): PickSentence {
  const length = end - start;
  const step = Math.round(start / (length > 20 * HOUR_MS ? DAY_MS : Math.max(length, 60_000)));
  return (sentences, values = {}) => {
    const sentence = sentences[(hash(`${room}:${sentences[0] ?? ''}`) + step) % sentences.length] ?? '';
    const filled = sentence.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
    return filled.charAt(0).toUpperCase() + filled.slice(1);
  };
}

function amounts({ mood, participantCount, locale }: LetterInput): Record<string, string> {
  const number = (value: number) => value.toLocaleString(locale);
  if (locale === 'ko') return { count: number(mood.messageCount), people: number(participantCount) };
  return {
    count: `${number(mood.messageCount)} ${mood.messageCount === 1 ? 'note' : 'notes'}`,
    people: `${number(participantCount)} ${participantCount === 1 ? 'person' : 'people'}`,
  };
}

function feelings({ kind, first, second }: Meaning, wording: Wording, pick: PickSentence): string[] {
  const names = { first: wording.subject[first], second: second ? wording.subject[second] : '' };
  if (kind !== 'dominant') return [pick(wording[kind], names)];
  return [pick(wording.feeling[first]), ...(second ? [pick(wording.beside, names)] : [])];
}

function trend(found: Trend | 'first', bright: boolean, wording: Wording, pick: PickSentence): string[] {
  if (found === 'first') return [pick(wording.trend.first)];
  const { direction, change } = found;
  const values = { emotion: change ? wording.subject[change.emotion] : '' };
  const { alike, alikeButMore, alikeButLess, brighter, easier, dimmer, heavier } = wording.trend;
  if (direction === 0) return [change ? pick(change.grew ? alikeButMore : alikeButLess, values) : pick(alike)];
  const shift = pick(direction > 0 ? (bright ? brighter : easier) : bright ? dimmer : heavier);
  if (!change) return [shift];
  const brightens = isPleasant(change.emotion) === change.grew;
  return [shift, pick((change.grew ? wording.more : wording.less)[brightens === direction > 0 ? 'same' : 'contrary'], values)];
}

function peak(
  { peak: start, first }: Meaning,
  { timeZone, locale }: LetterInput,
  wording: Wording,
  pick: PickSentence,
): string[] {
  if (start === null) return [];
  const hour = hourName(new Zone(timeZone).local(start).hour, locale);
  return [pick(wording.hour, { hour, emotion: wording.subject[first] })];
}

/** Written here because Intl's Korean hours depend on the version of ICU. */
function hourName(hour: number, locale: Locale): string {
  const twelve = hour % 12 === 0 ? 12 : hour % 12;
  if (twelve === 12) return locale === 'ko' ? `${hour === 0 ? '밤' : '낮'} 12시` : hour === 0 ? 'midnight' : 'noon';
  return locale === 'ko' ? `${hour < 12 ? '오전' : '오후'} ${twelve}시` : `${twelve} ${hour < 12 ? 'am' : 'pm'}`;
}

function about(topics: readonly string[], input: LetterInput, wording: Wording, pick: PickSentence): string[] {
  if (topics.length > 0) return [pick(wording.topics, { topics: listed(topics, input.locale) })];
  return input.participantCount < SEVERAL_PEOPLE ? [] : [pick(wording.noTopics)];
}

function listed(items: readonly string[], locale: Locale): string {
  if (locale === 'ko' || items.length < 2) return items.join(', ');
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;
}
