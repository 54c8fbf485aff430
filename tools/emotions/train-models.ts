import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeModel } from '../../src/adapters/local-model/model-file';
import { englishEmotions, koreanEmotions, koreanPolarity, type Split } from './data';
import { trainEnglish } from './train-english';
import { trainKorean } from './train-korean';

/**
 * Trains both models and writes them to `out`. The same rows and seed give the same bytes.
 * @param holdOut leaves the validation rows out, so that they can be measured on
 */
export function trainModels(data: string, out: string, seed: number, holdOut: boolean): void {
  const rowsOf = ({ train, validation }: Split) => (holdOut ? train : [...train, ...validation]);
  const write = (language: string, bytes: Buffer): void => {
    const file = join(out, `emotions-${language}.bin`);
    writeFileSync(file, bytes);
    console.log(`${file}: ${(bytes.length / 1e6).toFixed(2)} MB after ${process.uptime().toFixed(0)} s`);
  };
  mkdirSync(out, { recursive: true });
  const english = englishEmotions(data);
  write('en', encodeModel(trainEnglish(rowsOf(english), english.dev, seed)));
  const korean = koreanEmotions(data);
  const polarity = koreanPolarity(data);
  write('ko', encodeModel(trainKorean(rowsOf(korean), korean.dev, [...rowsOf(polarity), ...polarity.dev], seed)));
}
