import { isPleasant } from '../../domain/emotion';
import { letterIn, type Locale, type Window } from '../../domain/insight';
import type { AnalysisInput } from '../analyzer';
import { HOUR_MS } from '../mood/mood';
import { Zone } from '../mood/zone';
import { hash } from '../text';
import { MAX_TOPICS, type Fact, type ToldKind } from './facts';
import { meaningOf, type Meaning, type MeaningInput, type Trend } from './meaning';
import { counted, dateName, fill, hourName, listed } from './phrases';
import { WORDINGS, type Wording } from './wording';

type LetterInput = MeaningInput & Pick<AnalysisInput, 'room' | 'window' | 'timeZone' | 'previous'>;

const DAY_MS = 24 * HOUR_MS;
const MAX_TOLD = 3;
/** Facts of less weight are told only if the letter would otherwise tell nothing but feelings. */
const MIN_WEIGHT = 0.4;
const MIN_WEIGHT_ALONE = 0.25;
const MAX_FACTS = 8;

/** Composes the letter from prepared sentences. The same input gives the same letter. */
export function composeLetter(input: LetterInput, facts: readonly Fact[], topics: readonly string[], locale: Locale): string {
  const { mood, room, window, timeZone, previous } = input;
  const wording = WORDINGS[locale];
  const pick = sentencePicker(room.id, window, (previous && letterIn(previous, locale)) ?? '');
  const address = { room: escapeMarkdown(room.title), date: dateName(window, timeZone, locale) };
  if (mood.messageCount === 0) {
    const { opening, middle, wish } = wording.empty;
    return [pick(opening, address), pick(middle), pick(wish)].join(' ');
  }
  const meaning = meaningOf(input);
  const told = tell(facts, meaning.peak === null && topics.length === 0, locale);
  /** A day that turned has no one feeling to describe it. */
  const course = told.filter(({ kind }) => kind === 'turn');
  const tellFact = ({ sentences, values }: ToldFact) => pick(sentences, values);
  const about = topics.length > 0 ? [pick(wording.topics, { topics: listed(topics.slice(0, MAX_TOPICS), locale) })] : [];
  const paragraphs = [
    [pick(wording.greeting, address), pick(wording.volume[meaning.volume], amounts(input, locale))],
    [
      ...(course.length > 0 ? course.map(tellFact) : feelings(meaning, wording, pick)),
      ...(meaning.trend ? trend(meaning.trend, meaning.bright, wording, pick) : []),
      ...(course.length > 0 ? [] : peak(meaning, timeZone, locale, pick)),
    ],
    [...told.filter((fact) => !course.includes(fact)).map(tellFact), ...about],
    [pick(wording.wish[closing(meaning)])],
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
 * Picks a sentence of each list. The start depends on room and list, and advances by one from window to window. A sentence of the
 * letter before is passed over.
 */
function sentencePicker(room: string, { start, end }: Window, before: string): PickSentence {
  const length = end - start;
  const step = Math.round(start / (length > 20 * HOUR_MS ? DAY_MS : Math.max(length, 60_000)));
  return (sentences, values = {}) => {
    const first = (hash(`${room}:${sentences[0] ?? ''}`) + step) % sentences.length;
    const filled = [...sentences.slice(first), ...sentences.slice(0, first)].map((sentence) => fill(sentence, values));
    return filled.find((sentence) => !before.includes(sentence)) ?? filled[0] ?? '';
  };
}

function amounts({ mood, participantCount }: LetterInput, locale: Locale): Record<string, string> {
  const number = (value: number) => value.toLocaleString(locale);
  if (locale === 'ko') return { count: number(mood.messageCount), people: number(participantCount) };
  return {
    count: `${number(mood.messageCount)} ${mood.messageCount === 1 ? 'note' : 'notes'}`,
    people: `${number(participantCount)} ${participantCount === 1 ? 'person' : 'people'}`,
  };
}

function feelings({ kind, first, second, volume }: Meaning, wording: Wording, pick: PickSentence): string[] {
  const names = { first: wording.subject[first], second: second ? wording.subject[second] : '' };
  if (kind === 'dominant' && volume === 'little') return [pick(wording.slight, names)];
  if (kind !== 'dominant') return [pick(wording[kind], names)];
  return [pick(wording.feeling[first]), ...(second ? [pick(wording.beside, names)] : [])];
}

/** The list of wishes that suits the day. */
function closing({ kind, first }: Meaning): keyof Wording['wish'] {
  if (kind === 'unread') return 'faint';
  return kind === 'mixed' || kind === 'faint' ? kind : first;
}

function trend(found: Trend | 'first', bright: boolean, wording: Wording, pick: PickSentence): string[] {
  if (found === 'first') return [pick(wording.trend.first)];
  const { direction, change, isExtreme } = found;
  const values = { emotion: change ? wording.subject[change.emotion] : '' };
  const { alike, alikeButMore, alikeButLess, brighter, easier, dimmer, heavier, brightest, darkest } = wording.trend;
  if (direction === 0) return [change ? pick(change.grew ? alikeButMore : alikeButLess, values) : pick(alike)];
  const extreme = direction > 0 ? brightest : darkest;
  const shift =
    isExtreme && direction > 0 === bright
      ? pick(extreme)
      : pick(direction > 0 ? (bright ? brighter : easier) : bright ? dimmer : heavier);
  if (!change) return [shift];
  const brightens = isPleasant(change.emotion) === change.grew;
  return [shift, pick((change.grew ? wording.more : wording.less)[brightens === direction > 0 ? 'same' : 'contrary'], values)];
}

function peak({ peak: start, first }: Meaning, timeZone: string, locale: Locale, pick: PickSentence): string[] {
  if (start === null) return [];
  const { hour, subject } = WORDINGS[locale];
  return [pick(hour, { hour: hourName(new Zone(timeZone).local(start).hour, locale), emotion: subject[first] })];
}

interface ToldFact {
  readonly kind: ToldKind;
  readonly sentences: readonly string[];
  readonly values: Readonly<Record<string, string>>;
}

/** The facts that become sentences: weighty ones, or else, if needed, a light one. */
function tell(facts: readonly Fact[], needsOne: boolean, locale: Locale): ToldFact[] {
  const { told } = WORDINGS[locale];
  const isToldKind = (kind: Fact['kind']): kind is ToldKind => kind in told;
  const found = facts.flatMap((fact) =>
    isToldKind(fact.kind) && fact.weight >= MIN_WEIGHT_ALONE
      ? [{ kind: fact.kind, weight: fact.weight, sentences: told[fact.kind], values: valuesOf(fact, locale) }]
      : [],
  );
  const weighty = found.filter(({ weight }) => weight >= MIN_WEIGHT);
  return weighty.length > 0 ? weighty.slice(0, MAX_TOLD) : found.slice(0, needsOne ? 1 : 0);
}

function valuesOf({ count, hour, until, emotion, before, topics }: Fact, locale: Locale): Record<string, string> {
  const { subject, name } = WORDINGS[locale];
  return {
    ...(count !== undefined && counted(count, locale)),
    ...(hour !== undefined && { hour: hourName(hour, locale) }),
    ...(until !== undefined && { until: hourName(until, locale) }),
    ...(emotion && { emotion: subject[emotion], name: name[emotion] }),
    ...(before && { before: subject[before], beforeName: name[before] }),
    ...(topics && { topics: listed(topics, locale) }),
  };
}
