import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EMOTIONS, NO_EMOTION, type Emotion, type EmotionScores, type Feeling } from '../../domain/emotion';
import { StartupError } from '../../domain/startup-error';
import type { Scorer } from '../../ports/scorer';
import type { Language } from './features';
import { LinearScorer } from './linear-scorer';
import { decodeModel } from './model-file';
import { normalise } from './normalise';
import { WEARINESS_THRESHOLD, emojiHits, englishWeariness } from './signs';

export const LOCAL_MODEL = 'jungle-local-1';

/** Three levels up is the package's root, from src as from dist. */
const MODELS = join(__dirname, '../../../models');
const WEARINESS = EMOTIONS.indexOf('WEARINESS');

/** Below this share of its letters a language is taken for a loan word. */
const MIN_SHARE = 0.2;
/** A Hangul syllable says as much as two or three Latin letters. */
const LETTERS_A_SYLLABLE = 2;
/** Log-odds that an emoji adds to its emotion. */
const EMOJI_LOGIT = 1.5;
/** Probability of an emotion whose emoji is all there is. */
const EMOJI_ALONE = 0.8;

/** Scores of one language, each with the score from which the emotion counts as present. */
interface Reading {
  readonly scores: readonly number[];
  readonly thresholds: ArrayLike<number>;
}

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

/**
 * Reads both models (about 2 MB together), synchronously: for start-up.
 * @param folder where `emotions-ko.bin` and `emotions-en.bin` lie
 * @throws StartupError if a file is missing or damaged
 */
export function loadLocalModel(folder: string = MODELS): Scorer {
  const korean = load(folder, 'ko');
  const english = load(folder, 'en');
  const englishThresholds = Float32Array.from(english.thresholds);
  englishThresholds[WEARINESS] = WEARINESS_THRESHOLD;

  const readKorean = (text: string, emoji: readonly number[]): Reading | undefined => {
    const scores = korean.logits(text)?.map((logit, k) => sigmoid(logit + EMOJI_LOGIT * (emoji[k] ?? 0)));
    return scores && { scores, thresholds: korean.thresholds };
  };
  const readEnglish = (text: string, emoji: readonly number[]): Reading | undefined => {
    const scores = english.logits(text)?.map((logit, k) => sigmoid(logit + EMOJI_LOGIT * (emoji[k] ?? 0)));
    if (scores) scores[WEARINESS] = Math.max(englishWeariness(text), emoji[WEARINESS] ? EMOJI_ALONE : 0);
    return scores && { scores, thresholds: englishThresholds };
  };

  return {
    model: LOCAL_MODEL,
    score(raw) {
      const text = normalise(raw);
      const emoji = emojiHits(text);
      const share = koreanShare(text);
      const ko = share !== undefined && share >= MIN_SHARE ? readKorean(text, emoji) : undefined;
      const en = share !== undefined && share <= 1 - MIN_SHARE ? readEnglish(text, emoji) : undefined;
      if (ko && en) return feeling(blend(ko, en, share ?? 0));
      const only = ko ?? en;
      if (only) return feeling(only);
      if (!emoji.includes(1)) return { scores: NO_EMOTION, dominant: null };
      return feeling({ scores: emoji.map((hit) => hit * EMOJI_ALONE), thresholds: emoji.map(() => EMOJI_ALONE) });
    },
  };
}

function load(folder: string, language: Language): LinearScorer {
  const file = join(folder, `emotions-${language}.bin`);
  try {
    return new LinearScorer(decodeModel(readFileSync(file)), language);
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
    EMOTIONS.map((_, k) => share * (a[k] ?? 0) + (1 - share) * (b[k] ?? 0));
  return { scores: mix(ko.scores, en.scores), thresholds: mix(ko.thresholds, en.thresholds) };
}

const feeling = ({ scores, thresholds }: Reading): Feeling => ({ scores, dominant: dominant(scores, thresholds) });

/** The emotion that is furthest above its threshold, as a part of what is left above it. */
function dominant(scores: EmotionScores, thresholds: ArrayLike<number>): Emotion | null {
  let best: Emotion | null = null;
  let bestMargin = -1;
  EMOTIONS.forEach((emotion, k) => {
    const threshold = thresholds[k] ?? 1;
    const margin = ((scores[k] ?? 0) - threshold) / (1 - threshold);
    if (margin >= 0 && margin > bestMargin) {
      best = emotion;
      bestMargin = margin;
    }
  });
  return best;
}
