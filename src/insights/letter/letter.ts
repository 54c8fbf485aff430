import { isPleasant } from '../../domain/emotion';
import { letterIn, type Locale, type Window } from '../../domain/insight';
import { titleIn } from '../../domain/room-title';
import type { AnalysisInput } from '../analyzer';
import { HOUR_MS } from '../mood/mood';
import { Zone } from '../../util/zone';
import { hash } from '../text';
import type { Fact, ToldKind } from './fact';
import { MAX_TOPICS } from './facts';
import { meaningOf, type Meaning, type MeaningInput, type Trend } from './meaning';
import { capitalise, counted, dateName, fill, hourName, listed } from './phrases';
import { WORDINGS, type Wording } from './wording';

type LetterInput = MeaningInput & Pick<AnalysisInput, 'room' | 'window' | 'timeZone' | 'previous'>;

const DAY_MS = 24 * HOUR_MS;
const MAX_TOLD = 3;
/** Facts of less weight are told only if the letter would otherwise tell nothing but feelings. */
const MIN_WEIGHT = 0.4;
const MIN_WEIGHT_ALONE = 0.2;
const MAX_TOLD_QUIET = 2;
const MAX_FACTS = 8;

/** Composes the letter from prepared sentences. The same input gives the same letter. */
export function composeLetter(input: LetterInput, facts: readonly Fact[], topics: readonly string[], locale: Locale): string {
  const { mood, room, window, timeZone, previous } = input;
  const wording = WORDINGS[locale];
  const pick = sentencePicker(room.id, window, (previous && letterIn(previous, locale)) ?? '', locale);
  const address = { room: escapeMarkdown(titleIn(room, locale)), date: dateName(window, timeZone, locale) };
  if (mood.messageCount === 0) {
    const { opening, middle, wish } = wording.empty;
    return [pick(opening, address), pick(middle), pick(wish)].join(' ');
  }
  const meaning = meaningOf(input);
  const told = tell(facts, meaning, topics.length > 0, locale);
  /** A day that turned has no one feeling to describe it. */
  const course = told.filter(({ kind }) => kind === 'turn');
  const turn = facts.find(({ kind }) => kind === 'turn' && course.length > 0);
  const tellFact = ({ sentences, values }: ToldFact) => pick(sentences, values);
  const about = topics.length > 0 ? [pick(wording.topics, { topics: listed(topics.slice(0, MAX_TOPICS), locale) })] : [];
  const paragraphs = [
    [
      pick(wording.greeting, address),
      pick(wording.volume[meaning.volume], amounts(input, locale)),
      ...(meaning.kind === 'unread' ? [pick(wording.unread)] : []),
    ],
    [
      ...(course.length > 0 ? course.map(tellFact) : feelings(meaning, wording, pick)),
      ...(meaning.trend ? trend(meaning.trend, meaning, turn, wording, pick) : []),
      ...(course.length > 0 ? [] : peak(meaning, timeZone, locale, pick)),
    ],
    [...told.filter((fact) => !course.includes(fact)).map(tellFact), ...about],
    [...care(meaning, turn, wording).map((sentences) => pick(sentences)), pick(wording.wish[closing(meaning)])],
  ];
  return paragraphs
    .filter((sentences) => sentences.length > 0)
    .map((sentences) => sentences.join(' '))
    .join('\n\n');
}

/** The facts in a few words each, at most eight. */
export const shortFacts = (facts: readonly Fact[], locale: Locale): string[] =>
  facts.slice(0, MAX_FACTS).map((fact) => {
    const short = fill(WORDINGS[locale].short[fact.kind], valuesOf(fact, locale), locale);
    return locale === 'en' ? capitalise(short) : short;
  });

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
function sentencePicker(room: string, { start, end }: Window, before: string, locale: Locale): PickSentence {
  const length = end - start;
  const step = Math.round(start / (length > 20 * HOUR_MS ? DAY_MS : Math.max(length, 60_000)));
  return (sentences, values = {}) => {
    const first = (hash(`${room}:${sentences[0] ?? ''}`) + step) % sentences.length;
    const filled = [...sentences.slice(first), ...sentences.slice(0, first)].map((sentence) => fill(sentence, values, locale));
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
  const { subject, notes } = wording;
  const names = { first: subject[first], second: second ? subject[second] : '', notes: second ? notes[second] : '' };
  if (kind === 'unread') return [];
  if (kind === 'dominant' && volume === 'little') return [pick(wording.slight, names)];
  if (kind !== 'dominant') return [pick(wording[kind], names)];
  if (!second) return [pick(wording.feeling[first])];
  const { same, heavy, pleasant } = wording.beside;
  const beside = isPleasant(first) === isPleasant(second) ? same : isPleasant(second) ? pleasant : heavy;
  return [pick(wording.feeling[first]), pick(beside, names)];
}

/** The list of wishes that suits the day. */
function closing({ kind, first }: Meaning): keyof Wording['wish'] {
  if (kind === 'unread') return 'faint';
  return kind === 'mixed' || kind === 'faint' ? kind : first;
}

/** Sentences for an unpleasant feeling that came up, where the closing is about another one. */
function care(meaning: Meaning, turn: Fact | undefined, { care: lists }: Wording): (readonly string[])[] {
  const { trend: found } = meaning;
  const risen = found !== null && found !== 'first' && found.change?.grew ? found.change.emotion : undefined;
  const emotion = [turn?.emotion, risen].find((one) => one !== undefined && !isPleasant(one));
  const isAboutHeavy = meaning.kind !== 'mixed' && meaning.kind !== 'faint' && !isPleasant(meaning.first);
  const sentences = emotion && !isAboutHeavy ? lists[emotion] : undefined;
  return sentences ? [sentences] : [];
}

function trend(found: Trend | 'first', meaning: Meaning, turn: Fact | undefined, wording: Wording, pick: PickSentence): string[] {
  if (found === 'first') return [pick(wording.trend.first)];
  const { basis, direction, change, heavyRun } = found;
  const values = {
    emotion: change ? wording.subject[change.emotion] : '',
    than: pick(wording.than[basis]),
    past: pick(wording.past[basis]),
    nth: wording.nth[heavyRun - 3] ?? '',
  };
  const changed = change ? changeOf(found, meaning, turn, wording) : undefined;
  const { alike, alikeButMore, alikeButLess, heavyRun: run } = wording.trend;
  const isRun = heavyRun > 0 && direction <= 0 && basis !== 'yesterday' && !found.isExtreme;
  if (direction === 0 && !isRun) {
    if (!change || !changed) return [pick(alike, values)];
    if (changed === wording.less.leading || changed === wording.less.second) return [pick(changed, values)];
    return [pick(change.grew ? alikeButMore : alikeButLess, values)];
  }
  const shift = pick(isRun ? run : shiftOf(found, meaning.bright, wording), values);
  return changed ? [shift, pick(changed, values)] : [shift];
}

function shiftOf({ direction, isExtreme }: Trend, bright: boolean, { trend: lists }: Wording): readonly string[] {
  if (isExtreme) return direction > 0 ? lists.brightest : lists.darkest;
  if (direction > 0) return bright ? lists.brighter : lists.easier;
  return bright ? lists.dimmer : lists.heavier;
}

/** The list for the feeling that changed most. A feeling that a turn has named is not told to have shrunk. */
function changeOf(
  { change, direction, heavyRun }: Trend,
  { kind, first, second }: Meaning,
  turn: Fact | undefined,
  { more, less }: Wording,
): readonly string[] | undefined {
  if (!change) return undefined;
  const { emotion, grew } = change;
  const isFirst = turn ? emotion === turn.emotion : emotion === first && kind !== 'faint';
  const isSecond = emotion === (turn ? turn.before : second);
  if (!grew && turn && (isFirst || isSecond)) return undefined;
  if (!grew && isFirst) return less.leading;
  if (!grew && isSecond) return less.second;
  const brightens = isPleasant(emotion) === grew;
  const way = direction === 0 && heavyRun > 0 ? -1 : direction;
  if (brightens !== way > 0) return (grew ? more : less).contrary;
  return grew ? (isFirst || isSecond ? more.leading : more.other) : less.other;
}

function peak({ peak: start, first }: Meaning, timeZone: string, locale: Locale, pick: PickSentence): string[] {
  if (start === null) return [];
  const { hour, most } = WORDINGS[locale];
  return [pick(hour, { hour: hourName(new Zone(timeZone).local(start).hour, locale), most: most[first] })];
}

interface ToldFact {
  readonly kind: ToldKind;
  readonly sentences: readonly string[];
  readonly values: Readonly<Record<string, string>>;
}

/** The facts that become sentences: weighty ones, or else, if needed, a light one. With few notes even the row of days is told. */
function tell(facts: readonly Fact[], { volume, peak: start, kind }: Meaning, hasTopics: boolean, locale: Locale): ToldFact[] {
  const { told } = WORDINGS[locale];
  const isToldKind = (one: Fact['kind']): one is ToldKind => one in told;
  const isQuiet = volume === 'one' || volume === 'little' || kind === 'unread';
  const found = facts.flatMap((fact) =>
    isToldKind(fact.kind) && fact.weight >= MIN_WEIGHT_ALONE
      ? [{ kind: fact.kind, weight: fact.weight, sentences: told[fact.kind], values: valuesOf(fact, locale) }]
      : [],
  );
  if (isQuiet) return found.slice(0, MAX_TOLD_QUIET);
  const weighty = found.filter(({ weight }) => weight >= MIN_WEIGHT);
  if (weighty.length > 0) return weighty.slice(0, MAX_TOLD);
  return found.slice(0, start === null && !hasTopics ? 1 : 0);
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
