import { isPleasant } from '../../domain/emotion';
import type { Locale, Window } from '../../domain/insight';
import type { AnalysisInput } from '../analyzer';
import { HOUR_MS } from '../mood/mood';
import { Zone } from '../mood/zone';
import { hash } from '../text';
import type { Fact, ToldKind } from './facts';
import { meaningOf, type Meaning, type MeaningInput, type Trend } from './meaning';
import { counted, dateName, fill, hourName, listed } from './phrases';
import { WORDINGS, type Wording } from './wording';

type LetterInput = MeaningInput & Pick<AnalysisInput, 'room' | 'window' | 'timeZone'>;

const DAY_MS = 24 * HOUR_MS;
/** People from whom on a letter may say that the topics differed. */
const SEVERAL_PEOPLE = 3;
const MAX_TOLD = 3;
/** Facts of less weight stand in the list only. */
const MIN_WEIGHT = 0.3;
const MAX_FACTS = 8;

/** Composes the letter from prepared sentences. The same input gives the same letter. */
export function composeLetter(input: LetterInput, facts: readonly Fact[], topics: readonly string[], locale: Locale): string {
  const { mood, room, window, timeZone } = input;
  const wording = WORDINGS[locale];
  const pick = sentencePicker(room.id, window);
  const address = { room: escapeMarkdown(room.title), date: dateName(window, timeZone, locale) };
  if (mood.messageCount === 0) {
    const { opening, middle, wish } = wording.empty;
    return [pick(opening, address), pick(middle), pick(wish)].join(' ');
  }
  const meaning = meaningOf(input);
  const paragraphs = [
    [pick(wording.greeting, address), pick(wording.volume[meaning.volume], amounts(input, locale))],
    [
      ...feelings(meaning, wording, pick),
      ...(meaning.trend ? trend(meaning.trend, meaning.bright, wording, pick) : []),
      ...peak(meaning, timeZone, locale, pick),
    ],
    [...tell(facts, locale, pick), ...about(topics, input, locale, pick)],
    [pick(wording.wish[meaning.kind === 'mixed' || meaning.kind === 'faint' ? meaning.kind : meaning.first])],
  ];
  return paragraphs
    .filter((sentences) => sentences.length > 0)
    .map((sentences) => sentences.join(' '))
    .join('\n\n');
}

/** The facts in a few words each, at most eight. */
export const shortFacts = (facts: readonly Fact[], locale: Locale): string[] =>
  facts.slice(0, MAX_FACTS).map((fact) => fill(WORDINGS[locale].short[fact.kind], valuesOf(fact, locale)));

/** The note below a letter for which only a sample of the notes was read. */
export function sampleNote(locale: Locale, read: number, total: number): string {
  const [some, all] = [read.toLocaleString(locale), total.toLocaleString(locale)];
  if (locale === 'ko') {
    return read === 0
      ? `*글은 읽지 않고 글 ${all}개의 숫자만 보고 쓴 편지예요.*`
      : `*글 ${all}개 가운데 고르게 뽑은 ${some}개를 읽고 쓴 편지예요.*`;
  }
  return read === 0
    ? `*Written from the figures of ${all} notes, without reading them.*`
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
  return (sentences, values = {}) =>
    fill(sentences[(hash(`${room}:${sentences[0] ?? ''}`) + step) % sentences.length] ?? '', values);
}

function amounts({ mood, participantCount }: LetterInput, locale: Locale): Record<string, string> {
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

function peak({ peak: start, first }: Meaning, timeZone: string, locale: Locale, pick: PickSentence): string[] {
  if (start === null) return [];
  const { hour, subject } = WORDINGS[locale];
  return [pick(hour, { hour: hourName(new Zone(timeZone).local(start).hour, locale), emotion: subject[first] })];
}

function tell(facts: readonly Fact[], locale: Locale, pick: PickSentence): string[] {
  const { told } = WORDINGS[locale];
  const isTold = (kind: Fact['kind']): kind is ToldKind => kind in told;
  return facts
    .flatMap((fact) => (fact.weight >= MIN_WEIGHT && isTold(fact.kind) ? [{ fact, sentences: told[fact.kind] }] : []))
    .slice(0, MAX_TOLD)
    .map(({ fact, sentences }) => pick(sentences, valuesOf(fact, locale)));
}

function valuesOf({ count, hour, emotion, before, topics }: Fact, locale: Locale): Record<string, string> {
  const { subject, name } = WORDINGS[locale];
  return {
    ...(count !== undefined && counted(count, locale)),
    ...(hour !== undefined && { hour: hourName(hour, locale) }),
    ...(emotion && { emotion: subject[emotion], name: name[emotion] }),
    ...(before && { before: subject[before], beforeName: name[before] }),
    ...(topics && { topics: listed(topics, locale) }),
  };
}

function about(topics: readonly string[], { participantCount }: LetterInput, locale: Locale, pick: PickSentence): string[] {
  const wording = WORDINGS[locale];
  if (topics.length > 0) return [pick(wording.topics, { topics: listed(topics, locale) })];
  return participantCount < SEVERAL_PEOPLE ? [] : [pick(wording.noTopics)];
}
