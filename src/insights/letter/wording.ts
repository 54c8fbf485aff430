import type { Emotion } from '../../domain/emotion';
import type { Locale } from '../../domain/insight';
import type { Fact, ToldKind } from './fact';
import type { Basis } from './meaning';
import en from './wording-en.json';
import ko from './wording-ko.json';

/** Alternatives for one statement. */
type Sentences = readonly string[];
type PerEmotion<T> = Readonly<Record<Emotion, T>>;

/**
 * Sentences of a language; `{name}` is filled in. Each list makes one statement, which `meaning.ts` has found to be true. Sentences
 * that speak of several people or notes stand only in lists for several people: `some`, `much`, `topics`, `told`.
 */
export interface Wording {
  /** {room}, {date}. Their number has no factor in common with seven, so that none belongs to a weekday. */
  readonly greeting: Sentences;
  readonly volume: {
    readonly one: Sentences;
    /** Two to four notes: {count}. */
    readonly little: Sentences;
    /** Five or more notes of one person: {count}. */
    readonly alone: Sentences;
    /** {count}, {people}. */
    readonly some: Sentences;
    /** A thousand notes or more: {count}, {people}. */
    readonly much: Sentences;
  };
  /** One feeling is dominant. */
  readonly feeling: PerEmotion<Sentences>;
  /** One feeling leads without being dominant: {first}. */
  readonly slight: Sentences;
  /** Two feelings are about equally strong: {first}, {second}. */
  readonly mixed: Sentences;
  /** No feeling is present. */
  readonly faint: Sentences;
  /** Too few notes, or too few people, to tell a feeling. */
  readonly unread: Sentences;
  /** A second feeling besides the dominant one, of the same kind, or unpleasant, or pleasant: {second}, {notes}. */
  readonly beside: { readonly same: Sentences; readonly heavy: Sentences; readonly pleasant: Sentences };
  /** What a window is compared with, as {than} and {past}. */
  readonly than: Readonly<Record<Basis, Sentences>>;
  readonly past: Readonly<Record<Basis, Sentences>>;
  /** Against the windows before: {than}, {past}. */
  readonly trend: {
    /** Brighter, and led by a pleasant feeling. */
    readonly brighter: Sentences;
    /** Brighter, but led by an unpleasant feeling. */
    readonly easier: Sentences;
    /** Darker, but led by a pleasant feeling. */
    readonly dimmer: Sentences;
    /** Darker, and led by an unpleasant feeling. */
    readonly heavier: Sentences;
    /** The brightest of a week, and a pleasant feeling leads. */
    readonly brightest: Sentences;
    /** The darkest of a week, and an unpleasant feeling leads. */
    readonly darkest: Sentences;
    /** Three or more heavy windows in a row: {nth}. */
    readonly heavyRun: Sentences;
    readonly alike: Sentences;
    /** As bright as before, but one feeling changed: {emotion}. */
    readonly alikeButMore: Sentences;
    readonly alikeButLess: Sentences;
    /** There is no window to compare with. */
    readonly first: Sentences;
  };
  /** A feeling that grew: {emotion}. `leading` is the first or second one; `contrary` runs against the trend. */
  readonly more: { readonly leading: Sentences; readonly other: Sentences; readonly contrary: Sentences };
  /** A feeling that shrank, the first, the second or another one: {emotion}, {than}. */
  readonly less: {
    readonly leading: Sentences;
    readonly second: Sentences;
    readonly other: Sentences;
    readonly contrary: Sentences;
  };
  /** {hour}, {most}. */
  readonly hour: Sentences;
  /**
   * A fact of the window: {n}, {times}, {people}, {guests}, {pieces} or {answers} for its count, {hour}, {until}, {emotion}, {before}.
   * `facts.ts` decides which may be told.
   */
  readonly told: Readonly<Record<ToldKind, Sentences>>;
  /** The same in a few words, with {name} and {beforeName} for emotions. */
  readonly short: Readonly<Record<Fact['kind'], string>>;
  /** {topics}. */
  readonly topics: Sentences;
  /** Closing, by the leading feeling. */
  readonly wish: PerEmotion<Sentences> & { readonly mixed: Sentences; readonly faint: Sentences };
  /** Before the closing of another feeling, for an unpleasant one that grew. */
  readonly care: Readonly<Partial<Record<Emotion, Sentences>>>;
  /** {room} and {date} in the opening. */
  readonly empty: { readonly opening: Sentences; readonly middle: Sentences; readonly wish: Sentences };
  /** Names of the emotions, as on the page. */
  readonly name: PerEmotion<string>;
  /** The names in a sentence: in Korean with the subject particle. */
  readonly subject: PerEmotion<string>;
  /** Notes with the feeling. */
  readonly notes: PerEmotion<string>;
  /** Superlative of the feeling. */
  readonly most: PerEmotion<string>;
  /** Ordinals from three on. */
  readonly nth: readonly string[];
}

export const WORDINGS: Readonly<Record<Locale, Wording>> = { ko, en };
