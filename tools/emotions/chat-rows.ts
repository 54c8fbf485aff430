import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CLASSES, NONE } from '../../src/adapters/local-model/chat-model-file';
import type { Language } from '../../src/adapters/local-model/features';
import { EMOTIONS } from '../../src/domain/emotion';
import type { Row } from './data';

/** The likelier of two accepted labels has this probability. */
const FIRST_OF_TWO = 0.65;

/** @param kind `chat`: rows to train on; `test`: rows for measuring only, never for training or tuning */
export const readChatRows = (kind: 'chat' | 'test', language: Language): readonly Row[] =>
  parseChatRows(readFileSync(join(__dirname, `${kind}-${language}.tsv`), 'utf8'));

/**
 * @param lines `text<TAB>labels` with NONE or one or two emotions that a reader would accept, the likeliest first
 * @returns rows with nine labels that sum to 1
 * @throws Error for an unknown label
 */
export function parseChatRows(lines: string): readonly Row[] {
  return lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const tab = line.lastIndexOf('\t');
      const names = line.slice(tab + 1).split(',');
      const labels = new Array<number>(CLASSES).fill(0);
      names.forEach((name, i) => {
        const k = name === 'NONE' ? NONE : EMOTIONS.findIndex((emotion) => emotion === name);
        if (k < 0 || names.length > 2) throw new Error(`These labels are not valid: ${line}`);
        labels[k] = names.length === 1 ? 1 : i === 0 ? FIRST_OF_TWO : 1 - FIRST_OF_TWO;
      });
      return { text: line.slice(0, tab), labels };
    });
}
