import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadLocalModel } from '../../src/adapters/local-model/local-model';
import { readChatRows } from '../../tools/emotions/chat-rows';
import { trainModels } from '../../tools/emotions/train-models';
import { tempDir } from '../support/temp-dir';

const FIXTURES = join(__dirname, '../fixtures');

/** A hundred rows of each language; the polarity of Korean ones by their labels. */
function smallData(): string {
  const folder = join(tempDir(), 'data');
  mkdirSync(folder);
  for (const file of ['ko-emotions.tsv', 'en-emotions.tsv']) copyFileSync(join(FIXTURES, file), join(folder, file));
  const rows = readFileSync(join(FIXTURES, 'ko-emotions.tsv'), 'utf8').split('\n');
  const polarity = rows.flatMap((row) => {
    const [text = '', labels = ''] = row.split('\t');
    return /JOY|LOVE/.test(labels) ? [`${text}\tPOSITIVE`] : /ANGER|SADNESS/.test(labels) ? [`${text}\tNEGATIVE`] : [];
  });
  writeFileSync(join(folder, 'ko-polarity.tsv'), polarity.join('\n'));
  return folder;
}

test('trains files that the service reads, the same bytes each time, on a hundred rows of each language', () => {
  jest.spyOn(console, 'log').mockImplementation(() => undefined);
  const data = smallData();
  const [models, again] = [join(tempDir(), 'models'), join(tempDir(), 'models')];
  const chat = { ko: readChatRows('chat', 'ko').slice(0, 300), en: readChatRows('chat', 'en').slice(0, 300) };
  for (const folder of [models, again]) trainModels(data, folder, 1, false, chat);
  for (const file of ['emotions-ko.bin', 'emotions-en.bin', 'chat-ko.bin', 'chat-en.bin']) {
    expect(readFileSync(join(again, file)).equals(readFileSync(join(models, file)))).toBe(true);
  }
  const model = loadLocalModel(models);
  const joy = (text: string) => model.score(text).scores[0] ?? NaN;
  expect(joy('오늘 너무 행복해요')).toBeGreaterThan(joy('오늘 너무 짜증나요'));
  expect(joy('i am so happy')).toBeGreaterThan(joy('i am so angry'));
});
