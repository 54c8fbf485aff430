import { EMOTIONS, type Emotion } from '../../domain/emotion';
import type { Locale, Mood, Window } from '../../domain/insight';
import type { AnalysisInput } from '../analyzer';
import { HOUR_MS } from '../mood/mood';
import { hash } from '../text';
import type { Wording } from './wording';
import { Zone } from '../mood/zone';
import { EN } from './wording-en';
import { KO } from './wording-ko';

type LetterInput = Pick<
  AnalysisInput,
  'room' | 'window' | 'locale' | 'timeZone' | 'mood' | 'hours' | 'earlier' | 'participantCount'
>;

const WORDINGS: Record<Locale, Wording> = { ko: KO, en: EN };
const DAY_MS = 24 * HOUR_MS;
const LITTLE = 10;
const MUCH = 1_000;
/** Changes of a mean score, and of valence, that are worth a word. */
const NOTABLE_CHANGE = 0.04;
const NOTABLE_SHIFT = 0.06;
const BRIGHT = 0.08;
/** An hour's mean is drawn towards nothing by so many silent messages, so that one message at night makes no peak. */
const SILENT_MESSAGES = 5;

/** The letter that is made of ready sentences. The same input gives the same letter. */
export function composeLetter(input: LetterInput, topics: readonly string[]): string {
  const wording = WORDINGS[input.locale];
  const pick = chooser(input.room.id, input.window);
  const room = escapeMarkdown(input.room.title);
  const title = letterTitle(input);
  const { mood } = input;
  if (mood.messageCount === 0) {
    const { opening, middle, wish } = wording.empty;
    const body = [fill(pick(opening), { room }), pick(middle), pick(wish)].join(' ');
    return [title, body, emotionTable(mood, [], input.locale)].join('\n\n');
  }
  const paragraphs = [
    [fill(pick(wording.greeting), { room }), volume(input, wording, pick)],
    [...feelings(mood, wording, pick), ...trend(mood, input.earlier, wording, pick)],
    [peak(input, wording, pick), about(topics, wording, pick)],
    [pick(mood.valence > BRIGHT ? wording.wish.bright : mood.valence < -BRIGHT ? wording.wish.heavy : wording.wish.even)],
  ];
  const body = paragraphs.map((sentences) => sentences.filter((sentence) => sentence !== '').join(' '));
  return [title, ...body, emotionTable(mood, input.earlier, input.locale)].join('\n\n');
}

export const letterTitle = (input: Pick<LetterInput, 'window' | 'timeZone' | 'locale'>): string =>
  `# ${fill(WORDINGS[input.locale].title, { date: date(input) })}`;

/** Said below a letter whose writer has seen a part of the messages only. */
export function sampleNote(locale: Locale, read: number, total: number): string {
  const [some, all] = [read.toLocaleString(locale), total.toLocaleString(locale)];
  return locale === 'ko'
    ? `*글 ${all}편 가운데 고르게 뽑은 ${some}편을 읽고 쓴 편지예요.*`
    : `*Written after reading ${some} of ${all} messages, chosen evenly over the hours and the people.*`;
}

/** All eight emotions in whole percents, with the change against earlier windows where there are some. */
export function emotionTable(mood: Mood, earlier: readonly Mood[], locale: Locale): string {
  const { table, name } = WORDINGS[locale];
  const before = meanScores(earlier);
  const rows = EMOTIONS.map((emotion, i) => {
    const score = mood.scores[i] ?? 0;
    const change = before ? Math.round(100 * score) - Math.round(100 * (before[i] ?? 0)) : undefined;
    return `| ${name[emotion]} | ${Math.round(100 * score)} |${change === undefined ? '' : ` ${signed(change)} |`}`;
  });
  const head = `| ${table.emotion} | ${table.strength} |${before ? ` ${table.change} |` : ''}`;
  return [head, `|---|---:|${before ? '---:|' : ''}`, ...rows].join('\n');
}

/** A title is shown as it was written: nothing in it is Markdown or HTML. */
export const escapeMarkdown = (text: string): string => text.replace(/[\\`*_{}[\]()#+!|~-]/g, '\\$&').replaceAll('<', '&lt;');

type Choose = (sentences: readonly string[]) => string;

/**
 * Where each list begins depends on room and list; from one window to the next all go one further, so that neighbouring days
 * never share a sentence of a list with two or more.
 */
function chooser(room: string, { start, end }: Window): Choose {
  const length = end - start;
  const step = Math.round(start / (length > 20 * HOUR_MS ? DAY_MS : Math.max(length, 60_000)));
  return (sentences) => sentences[(hash(`${room}:${sentences[0] ?? ''}`) + step) % sentences.length] ?? '';
}

function volume({ mood, participantCount, locale }: LetterInput, wording: Wording, pick: Choose): string {
  const { messageCount } = mood;
  const list = messageCount < LITTLE ? wording.volume.little : messageCount < MUCH ? wording.volume.some : wording.volume.much;
  const number = (value: number) => value.toLocaleString(locale);
  const unit = (value: number, one: string, many: string) => `${number(value)} ${value === 1 ? one : many}`;
  const values =
    locale === 'ko'
      ? { count: number(messageCount), people: number(participantCount) }
      : { count: unit(messageCount, 'message', 'messages'), people: unit(participantCount, 'person', 'people') };
  return fill(pick(list), values);
}

function ranked(scores: readonly number[]): Emotion[] {
  const score = (emotion: Emotion) => scores[EMOTIONS.indexOf(emotion)] ?? 0;
  return EMOTIONS.toSorted((a, b) => score(b) - score(a));
}

function feelings(mood: Mood, wording: Wording, pick: Choose): string[] {
  const [first = 'JOY', second = 'LOVE'] = ranked(mood.scores);
  const names = { first: wording.subject[first], second: wording.subject[second] };
  if (!mood.dominant) return [fill(pick(wording.mixed), names)];
  return [pick(wording.feeling[mood.dominant]), fill(pick(wording.beside), names)];
}

function trend(mood: Mood, earlier: readonly Mood[], wording: Wording, pick: Choose): string[] {
  const written = earlier.filter((before) => before.messageCount > 0);
  const before = meanScores(written);
  if (!before) return [pick(wording.trend.first)];
  const shift = mood.valence - written.reduce((sum, { valence }) => sum + valence, 0) / written.length;
  const { brighter, heavier, alike } = wording.trend;
  const sentences = [pick(shift > NOTABLE_SHIFT ? brighter : shift < -NOTABLE_SHIFT ? heavier : alike)];
  const changes = EMOTIONS.map((emotion, i) => ({ emotion, change: (mood.scores[i] ?? 0) - (before[i] ?? 0) }));
  const [largest] = changes.toSorted((a, b) => Math.abs(b.change) - Math.abs(a.change));
  if (largest && Math.abs(largest.change) >= NOTABLE_CHANGE) {
    sentences.push(fill(pick(largest.change > 0 ? wording.grew : wording.shrank), { emotion: wording.subject[largest.emotion] }));
  }
  return sentences;
}

function peak({ mood, hours, timeZone, locale }: LetterInput, wording: Wording, pick: Choose): string {
  const emotion = mood.dominant ?? ranked(mood.scores)[0] ?? 'JOY';
  const at = EMOTIONS.indexOf(emotion);
  const strength = (hour: Mood) => ((hour.scores[at] ?? 0) * hour.messageCount) / (hour.messageCount + SILENT_MESSAGES);
  const written = hours.filter((hour) => hour.messageCount > 0);
  const [strongest] = written.toSorted((a, b) => strength(b) - strength(a));
  if (!strongest || written.length < 2 || strength(strongest) === 0) return '';
  const hour = hourName(new Zone(timeZone).local(strongest.window.start).hour, locale);
  return fill(pick(wording.hour), { hour, emotion: wording.subject[emotion] });
}

/** By hand: what Intl says in Korean depends on the build of ICU. */
function hourName(hour: number, locale: Locale): string {
  const twelve = hour % 12 === 0 ? 12 : hour % 12;
  if (twelve === 12) return locale === 'ko' ? `${hour === 0 ? '밤' : '낮'} 12시` : hour === 0 ? 'midnight' : 'noon';
  return locale === 'ko' ? `${hour < 12 ? '오전' : '오후'} ${twelve}시` : `${twelve} ${hour < 12 ? 'am' : 'pm'}`;
}

function about(topics: readonly string[], wording: Wording, pick: Choose): string {
  return topics.length === 0 ? pick(wording.noTopics) : fill(pick(wording.topics), { topics: wording.join(topics) });
}

/** Each window counts the same, however much was written in it. */
function meanScores(moods: readonly Mood[]): number[] | null {
  const written = moods.filter((mood) => mood.messageCount > 0);
  if (written.length === 0) return null;
  return EMOTIONS.map((_, i) => written.reduce((sum, { scores }) => sum + (scores[i] ?? 0), 0) / written.length);
}

/** The day that most of the window lies in. */
function date({ window, timeZone, locale }: Pick<LetterInput, 'window' | 'timeZone' | 'locale'>): string {
  const middle = (window.start + window.end) / 2;
  return new Intl.DateTimeFormat(locale, { timeZone, month: 'long', day: 'numeric', weekday: 'long' }).format(middle);
}

const signed = (change: number): string => (change > 0 ? `+${change}` : change < 0 ? `−${-change}` : '±0');

const fill = (sentence: string, values: Readonly<Record<string, string>>): string =>
  sentence.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
