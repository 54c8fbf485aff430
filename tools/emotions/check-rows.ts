/** `npm run check:emotions`: fails if chat rows are similar to each other or to rows of the test set. */
import { NONE } from '../../src/adapters/local-model/chat-model-file';
import { readChatRows } from './chat-rows';
import { nearCopies } from './near-copies';

for (const language of ['ko', 'en'] as const) {
  const chat = readChatRows('chat', language);
  const test = readChatRows('test', language).map(({ text }) => text);
  const texts = chat.map(({ text }) => text);
  const none = chat.filter(({ labels }) => labels[NONE] === 1).length;
  console.log(`${language}: ${chat.length} chat rows (${none} without a feeling), ${test.length} test rows`);
  for (const [text, other] of nearCopies(texts)) {
    console.error(`chat-${language}.tsv: "${text}" shares more than half of its trigrams with "${other}"`);
    process.exitCode = 1;
  }
  const leaked = nearCopies(texts, test);
  for (const [text] of leaked) console.error(`chat-${language}.tsv: "${text}" is too similar to a row of test-${language}.tsv`);
  if (leaked.length > 0) process.exitCode = 1;
}
