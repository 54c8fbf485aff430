import type { Emotion } from '../../domain/emotion';

/** Sentences to choose from; `{name}` is filled in. Lists of different lengths, so that their combinations seldom come back. */
export interface Wording {
  readonly title: string;
  /** Filled with {date}. */
  readonly greeting: readonly string[];
  /** {count} messages of {people} accounts, by how much was written. */
  readonly volume: { readonly little: readonly string[]; readonly some: readonly string[]; readonly much: readonly string[] };
  /** Where one feeling stands out. */
  readonly feeling: Readonly<Record<Emotion, readonly string[]>>;
  /** Where none does: {first} and {second} as subjects. */
  readonly mixed: readonly string[];
  /** A second feeling besides the first: {second} as subject. */
  readonly beside: readonly string[];
  readonly trend: {
    readonly brighter: readonly string[];
    readonly heavier: readonly string[];
    readonly alike: readonly string[];
    readonly first: readonly string[];
  };
  /** {emotion} as subject grew or shrank. */
  readonly grew: readonly string[];
  readonly shrank: readonly string[];
  /** {hour}, {emotion} as subject. */
  readonly hour: readonly string[];
  /** {topics}. */
  readonly topics: readonly string[];
  readonly noTopics: readonly string[];
  readonly wish: { readonly bright: readonly string[]; readonly heavy: readonly string[]; readonly even: readonly string[] };
  readonly empty: { readonly opening: readonly string[]; readonly middle: readonly string[]; readonly wish: readonly string[] };
  readonly name: Readonly<Record<Emotion, string>>;
  readonly subject: Readonly<Record<Emotion, string>>;
  readonly table: { readonly emotion: string; readonly strength: string; readonly change: string };
  readonly join: (items: readonly string[]) => string;
}
