import { confusion } from './metrics';

/**
 * The threshold of the best correlation between calling an emotion present and its being so (Matthews), in hundredths. F1 would
 * not do: where most rows have an emotion it is best served by calling it present nearly always, in plain chat too.
 */
export function bestThreshold(scores: readonly number[], truth: readonly number[]): number {
  let best = 0.5;
  let bestCorrelation = 0;
  for (let percent = 5; percent <= 90; percent++) {
    const { hit, missed, wrong, passed } = confusion(scores, truth, percent / 100);
    const size = Math.sqrt((hit + missed) * (hit + wrong) * (passed + missed) * (passed + wrong));
    const correlation = size === 0 ? 0 : (hit * passed - missed * wrong) / size;
    if (correlation > bestCorrelation) {
      bestCorrelation = correlation;
      best = percent / 100;
    }
  }
  return best;
}
