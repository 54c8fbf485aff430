import { CLASSES, NONE } from '../../src/adapters/local-model/chat-model-file';
import { EMOTIONS, type Emotion } from '../../src/domain/emotion';
import type { Scorer } from '../../src/ports/scorer';
import type { Row } from './data';

export interface ChatFigures {
  /** Share of rows whose shown emotion is accepted, or that rightly show none. */
  readonly right: number;
  /** Share of the shown emotions that are accepted. */
  readonly precision: number;
  /** Share of the rows with an emotion that show one, right or wrong. */
  readonly coverage: number;
}

/** @param rows of chat, with nine labels */
export function chatFigures(rows: readonly Row[], shown: readonly (Emotion | null)[]): ChatFigures {
  let [right, shownRight, badges, emotional, covered] = [0, 0, 0, 0, 0];
  rows.forEach(({ labels }, i) => {
    const emotion = shown[i];
    const accepted = labels[emotion ? EMOTIONS.indexOf(emotion) : NONE]! > 0;
    const none = labels[NONE]! > 0;
    if (accepted) right++;
    if (!none) emotional++;
    if (!emotion) return;
    badges++;
    if (accepted) shownRight++;
    if (!none) covered++;
  });
  return { right: right / rows.length, precision: shownRight / badges, coverage: covered / emotional };
}

/** Prints the figures and, by the likeliest label, what is shown. */
export function printChat(title: string, rows: readonly Row[], scorer: Scorer): void {
  const shown = rows.map(({ text }) => scorer.score(text).dominant);
  const { right, precision, coverage } = chatFigures(rows, shown);
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  console.log(`\n### ${title}: ${rows.length} rows\n`);
  console.log(`right ${percent(right)}, precision of shown ${percent(precision)}, coverage ${percent(coverage)}`);
  const names = [...EMOTIONS, 'NONE'];
  const counts = names.map(() => new Array<number>(CLASSES).fill(0));
  rows.forEach(({ labels }, i) => {
    const emotion = shown[i];
    counts[labels.indexOf(Math.max(...labels))]![emotion ? EMOTIONS.indexOf(emotion) : NONE]!++;
  });
  console.log(`\n| likeliest label ↓, shown → | ${names.join(' | ')} |\n|---|${names.map(() => '---:|').join('')}`);
  names.forEach((name, i) => console.log(`| ${name} | ${counts[i]!.join(' | ')} |`));
}
