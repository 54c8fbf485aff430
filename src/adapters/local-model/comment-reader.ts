import { EMOTIONS } from '../../domain/emotion';
import { logit } from './chat-scorer';
import type { LinearScorer } from './linear-scorer';
import { emojiHits, englishWeariness } from './signs';

const WEARINESS = EMOTIONS.indexOf('WEARINESS');
/** Log-odds that an emoji adds to its emotion. */
const EMOJI_LOGIT = 1.5;

/**
 * Log-odds of the eight emotions by the comment model, with emoji and, for English, the list of words for weariness.
 * @returns undefined if the model knows no feature of the text
 */
export function commentLogits(scorer: LinearScorer, normalised: string): number[] | undefined {
  const logits = scorer.logits(normalised);
  if (logits === undefined) return undefined;
  if (scorer.language === 'en') logits[WEARINESS] = logit(englishWeariness(normalised));
  const emoji = emojiHits(normalised);
  for (let k = 0; k < logits.length; k++) logits[k] = (logits[k] as number) + EMOJI_LOGIT * (emoji[k] as number);
  return logits;
}
