import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { scoredByOf } from '../../domain/chat';
import { EMOTIONS, NO_EMOTION, type Emotion, type Feeling } from '../../domain/emotion';
import type { SaidNote } from '../../domain/model-correction';
import { StartupError } from '../../domain/startup-error';
import type { CorrectableScorer, CorrectionFitter } from '../../ports/scorer';
import { decodeChatModel, NONE } from './chat-model-file';
import { ChatScorer, type ChatReading } from './chat-scorer';
import { commentLogits } from './comment-reader';
import type { Language } from './features';
import { fitLearnt, type Example } from './fit-learnt';
import { packLearnt, unpackLearnt, type Learnt } from './learnt-weights';
import { LinearScorer } from './linear-scorer';
import { decodeModel } from './model-file';
import { normalise } from './normalise';
import { emojiHits } from './signs';

export const GENERATION = 2;
export const LOCAL_MODEL = `jungle-local-${GENERATION}`;

/** Three levels up is the package's root, from src as from dist. */
const MODELS = join(__dirname, '../../../models');

/** Below this share of the letters, a language is ignored: the words are loan words. */
const MIN_SHARE = 0.2;
/** About a millisecond of work. */
const EXAMPLES_A_TURN = 20;
/** A Hangul syllable says as much as two or three Latin letters. */
const LETTERS_A_SYLLABLE = 2;
/** Probability of an emotion if the message is nothing but an emoji of it. */
const EMOJI_ALONE = 0.8;

interface Reading extends ChatReading {
  /** Probability from which an emotion is shown. */
  readonly thresholds: ArrayLike<number>;
}

/** Log-odds of the comment model for a text of which it knows no feature: no emotion is likely. */
const UNKNOWN: readonly number[] = EMOTIONS.map(() => -2);

export interface LocalModel extends CorrectableScorer, CorrectionFitter {}

interface Reader {
  read(raw: string, normalised: string): Reading | undefined;
  correctBy(learnt: Learnt | undefined): void;
  fit(notes: readonly SaidNote[], version: number, signal: AbortSignal): Promise<Learnt | undefined>;
}

/**
 * Reads the models of both languages synchronously, at start.
 * @param folder holds `emotions-ko.bin`, `emotions-en.bin`, `chat-ko.bin` and `chat-en.bin`
 * @throws StartupError if a file is missing or damaged
 */
export function loadLocalModel(folder: string = MODELS): LocalModel {
  const korean = load(folder, 'ko');
  const english = load(folder, 'en');
  let correction = 0;
  return {
    get model() {
      return correction === 0 ? LOCAL_MODEL : `${LOCAL_MODEL}+${correction}`;
    },
    get scoredBy() {
      return scoredByOf(GENERATION, correction);
    },
    correctBy(newest) {
      const weights = newest?.generation === GENERATION ? newest.weights : null;
      const learnt = weights ? unpackLearnt(weights) : undefined;
      korean.correctBy(learnt?.ko);
      english.correctBy(learnt?.en);
      correction = learnt ? (newest?.version ?? 0) : 0;
    },
    async fit(notes, version, signal) {
      const isKorean = ({ text }: SaidNote): boolean | undefined => {
        const share = koreanShare(normalise(text));
        return share === undefined ? undefined : share >= 0.5;
      };
      const ko = await korean.fit(
        notes.filter((note) => isKorean(note) === true),
        version,
        signal,
      );
      const en = await english.fit(
        notes.filter((note) => isKorean(note) === false),
        version,
        signal,
      );
      return ko || en ? packLearnt({ ...(ko && { ko }), ...(en && { en }) }) : null;
    },
    score(raw) {
      const text = normalise(raw);
      const share = koreanShare(text);
      const ko = share !== undefined && share >= MIN_SHARE ? korean.read(raw, text) : undefined;
      const en = share !== undefined && share <= 1 - MIN_SHARE ? english.read(raw, text) : undefined;
      if (ko && en) return feeling(blend(ko, en, share ?? 0));
      const only = ko ?? en;
      return only ? feeling(only) : emojiFeeling(emojiHits(text));
    },
  };
}

function load(folder: string, language: Language): Reader {
  const comments = open(join(folder, `emotions-${language}.bin`), (bytes) => new LinearScorer(decodeModel(bytes), language));
  const chat = open(join(folder, `chat-${language}.bin`), (bytes) => new ChatScorer(decodeChatModel(bytes), language));
  const { thresholds } = chat;
  return {
    read(raw, normalised) {
      const comment = commentLogits(comments, normalised);
      if (!comment) return undefined;
      const { classes, scores } = chat.read(raw, normalised, comment);
      return { classes, scores, thresholds };
    },
    correctBy(learnt) {
      chat.correctBy(learnt);
    },
    async fit(notes, version, signal) {
      const examples: Example[] = [];
      for (const { authorId: account, text, feeling } of notes) {
        const normalised = normalise(text);
        const comment = commentLogits(comments, normalised) ?? UNKNOWN;
        examples.push({ account, feeling, ...chat.examine(text, normalised, comment) });
        if (examples.length % EXAMPLES_A_TURN === 0) await nextTurn();
      }
      return fitLearnt(examples, version, (classes) => dominant(classes, thresholds), signal);
    },
  };
}

function open<T>(file: string, decode: (bytes: Uint8Array) => T): T {
  try {
    return decode(readFileSync(file));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartupError(`${file} cannot be read as an emotion model (${reason}): install Jungle Buzz again.`);
  }
}

/** Hangul against Latin letters, 0 to 1; undefined without either. */
function koreanShare(text: string): number | undefined {
  let hangul = 0;
  let latin = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0xac00 && unit <= 0xd7a3) hangul += LETTERS_A_SYLLABLE;
    else if (unit >= 0x3131 && unit <= 0x318e) hangul++;
    else if ((unit >= 0x61 && unit <= 0x7a) || (unit >= 0xc0 && unit <= 0x24f)) latin++;
  }
  return hangul + latin === 0 ? undefined : hangul / (hangul + latin);
}

function blend(ko: Reading, en: Reading, share: number): Reading {
  const mix = (a: ArrayLike<number>, b: ArrayLike<number>) =>
    Array.from(a, (value, k) => share * value + (1 - share) * (b[k] as number));
  return {
    scores: mix(ko.scores, en.scores),
    classes: mix(ko.classes, en.classes),
    thresholds: mix(ko.thresholds, en.thresholds),
  };
}

const feeling = ({ scores, classes, thresholds }: Reading): Feeling => ({ scores, dominant: dominant(classes, thresholds) });

/** The likeliest emotion, or null if NONE is likelier or the emotion is below its threshold. */
export function dominant(classes: ArrayLike<number>, thresholds: ArrayLike<number>): Emotion | null {
  let best = 0;
  for (let k = 1; k < EMOTIONS.length; k++) if ((classes[k] as number) > (classes[best] as number)) best = k;
  const p = classes[best] as number;
  return p > (classes[NONE] as number) && p >= (thresholds[best] as number) ? (EMOTIONS[best] ?? null) : null;
}

/** The first emotion of which there is an emoji. */
function emojiFeeling(emoji: readonly number[]): Feeling {
  const first = EMOTIONS[emoji.indexOf(1)];
  return first ? { scores: emoji.map((hit) => hit * EMOJI_ALONE), dominant: first } : { scores: NO_EMOTION, dominant: null };
}
