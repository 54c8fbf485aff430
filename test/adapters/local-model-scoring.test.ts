/** Compares the optimised scoring with a plain version. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ChatFeatures } from '../../src/adapters/local-model/chat-features';
import { decodeChatModel } from '../../src/adapters/local-model/chat-model-file';
import { ChatScorer, classLogits, softmax } from '../../src/adapters/local-model/chat-scorer';
import { ALL_HASHES, BLOCK_WEIGHTS, FeatureBuffer, type Language } from '../../src/adapters/local-model/features';
import { decompose } from '../../src/adapters/local-model/jamo';
import { LinearScorer, logitsOf } from '../../src/adapters/local-model/linear-scorer';
import { dominant } from '../../src/adapters/local-model/local-model';
import { COLUMNS, RECORD, decodeModel, type ModelData } from '../../src/adapters/local-model/model-file';
import { MAX_UNITS, normalise } from '../../src/adapters/local-model/normalise';
import { seeded } from '../support/random';

const ROOT = join(__dirname, '../..');
const modelOf = (language: Language) => decodeModel(readFileSync(join(ROOT, `models/emotions-${language}.bin`)));
const texts = ['ko', 'en'].flatMap((language) =>
  readFileSync(join(ROOT, `test/fixtures/${language}-emotions.tsv`), 'utf8')
    .split('\n')
    .map((line) => normalise(line.split('\t')[0] ?? ''))
    .filter((text) => text !== ''),
);

function numbersOf({ known }: Pick<ModelData, 'known'>): Map<number, number> {
  const numbers = new Map<number, number>();
  known.forEach((word, i) => {
    for (let bit = 0; bit < 32; bit++) if ((word >>> bit) & 1) numbers.set(i * 32 + bit, numbers.size);
  });
  return numbers;
}

/** Sums over the known features of a text, each once, by a map and sets. */
function plainly(model: ModelData, language: Language): (text: string) => number[] {
  const numbers = numbersOf(model);
  const buffer = new FeatureBuffer(language, ALL_HASHES);
  return (text) => {
    buffer.extract(text);
    const hashes = [...buffer.numbers.subarray(0, buffer.length)];
    const met = new Set<number>();
    const sums = new Array<number>(COLUMNS).fill(0);
    [hashes.slice(0, buffer.split), hashes.slice(buffer.split)].forEach((block, b) => {
      const features = [...new Set(block.map((hash) => numbers.get(hash)))].filter(
        (f) => f !== undefined && !met.has(f),
      ) as number[];
      const value = (f: number) => model.records[f * RECORD] ?? NaN;
      const length = Math.hypot(...features.map(value));
      for (let k = 0; k < COLUMNS && length > 0; k++) {
        const sum = features.reduce((total, f) => total + value(f) * (model.records[f * RECORD + 1 + k] ?? NaN), 0);
        sums[k] = (sums[k] ?? NaN) + (BLOCK_WEIGHTS[language][b] ?? NaN) * (sum / length) * (model.scales[k] ?? NaN);
      }
      for (const f of features) met.add(f);
    });
    return logitsOf(model, sums);
  };
}

describe('scoring', () => {
  it.each(['ko', 'en'] as const)('gives the log-odds of plain sums over the known features: %s', (language) => {
    const model = modelOf(language);
    const scorer = new LinearScorer(model, language);
    const plain = plainly(model, language);
    for (const text of texts) {
      const logits = scorer.logits(text) ?? [];
      expect(logits).toHaveLength(8);
      plain(text).forEach((logit, k) => {
        expect(logits[k]).toBeCloseTo(logit, 9);
      });
    }
  });

  it('has room for the features of the longest texts', () => {
    const worst = ['가', '각 ', 'a', 'a ', '. a', '0a', 'ab', "a'a ", '😀', '가 . '].map((part) =>
      part.repeat(MAX_UNITS).slice(0, MAX_UNITS),
    );
    for (const language of ['ko', 'en'] as const) {
      const buffer = new FeatureBuffer(language, ALL_HASHES);
      for (const text of worst) {
        buffer.extract(text);
        expect(buffer.length).toBeLessThan(buffer.numbers.length);
      }
    }
  });

  it('decomposes syllables as Unicode does', () => {
    const conjoining = { initial: 0x1100, vowel: 0x1161, final: 0x11a8 };
    const initials = 'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ';
    const finals = 'ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ';
    const out = new Uint16Array(3);
    for (let unit = 0xac00; unit <= 0xd7a3; unit++) {
      const [first = 0, second = 0, third] = [...String.fromCharCode(unit).normalize('NFD')].map((letter) =>
        letter.charCodeAt(0),
      );
      const letters = [initials.charAt(first - conjoining.initial), String.fromCharCode(second - conjoining.vowel + 0x314f)];
      if (third !== undefined) letters.push(finals.charAt(third - conjoining.final));
      const length = decompose(unit, out, 0);
      if (String.fromCharCode(...out.subarray(0, length)) !== letters.join('')) expect(unit).toBe('decomposed as Unicode does');
    }
    for (const other of [0xabff, 0xd7a4, 0x314b, 0x61]) {
      expect(decompose(other, out, 0)).toBe(1);
      expect(out[0]).toBe(other);
    }
  });

  it.each([
    ['ㅋㅋㅋㅋㅋㅋ  ㅠㅠㅠㅠ', 'ㅋㅋㅋ ㅠㅠㅠ'],
    ['😀😀😀😀😀!!!!', '😀😀😀!!!'],
    ['a\tb\n\nc\0d \u0085 e\u00a0f', 'a b c d e f'],
    ['SEE https://example.com/A?b=1 12:30', 'see 0:0'],
    ['It’s ‘ok’', "it's 'ok'"],
    ['\u1112\u1161\u11ab', '한'],
    ['\ud83d', '\ufffd'],
  ])('normalises %p to %p', (text, normalised) => {
    expect(normalise(text)).toBe(normalised);
  });

  it('normalises texts of ASCII and Hangul as it does beside other letters', () => {
    const random = seeded(21);
    const parts = ['a', 'A', 'AaAa', 'ㅋ', 'ㅋㅋㅋ', '가', ' ', '  ', '0', '12', '7777', '!', '!!!!', "'", ':', 'http://a', '~'];
    for (let i = 0; i < 3_000; i++) {
      const text = Array.from({ length: 1 + random() * 9 }, () => parts[Math.floor(random() * parts.length)]).join('');
      expect(normalise(`é ${text}`)).toBe(`é ${normalise(text)}`.trimEnd());
    }
  });

  it('cuts a text that is longer in lower case', () => {
    expect(normalise('İ'.repeat(MAX_UNITS))).toHaveLength(MAX_UNITS);
  });
});

describe('chat scoring', () => {
  it.each(['ko', 'en'] as const)('gives the classes that plain sums over the known features give: %s', (language) => {
    const model = decodeChatModel(readFileSync(join(ROOT, `models/chat-${language}.bin`)));
    const scorer = new ChatScorer(model, language);
    const numbers = numbersOf(model);
    const features = new ChatFeatures(language, ALL_HASHES);
    for (const text of texts) {
      const comment = Array.from({ length: 8 }, (_, k) => (text.length % 7) - k / 2);
      features.extract(text, text);
      const hashes = [...features.numbers.subarray(0, features.length)];
      const found = [...new Set(hashes.map((hash) => numbers.get(hash)))].filter((f) => f !== undefined);
      const value = (f: number) => model.records[f * RECORD] ?? NaN;
      const length = Math.hypot(...found.map(value)) || 1;
      const sums = Array.from({ length: COLUMNS }, (_, k) => {
        const sum = found.reduce((total, f) => total + value(f) * (model.records[f * RECORD + 1 + k] ?? NaN), 0);
        return (sum / length) * (model.scales[k] ?? NaN);
      });
      const expected = softmax(classLogits(model, sums, comment));
      const { classes, scores } = scorer.read(text, text, comment);
      expected.forEach((p, k) => {
        expect(classes[k]).toBeCloseTo(p, 9);
      });
      expect(classes.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 9);
      expect(scores.every((score) => score >= 0 && score <= 1)).toBe(true);
    }
  });

  it('has room for the features of the longest chat message', () => {
    const worst = ['가', '각 ', 'a', 'a ', 'not ', "n't ", '. a', '😀', '가 . '].map((part) =>
      part.repeat(MAX_UNITS).slice(0, MAX_UNITS),
    );
    for (const language of ['ko', 'en'] as const) {
      const features = new ChatFeatures(language, ALL_HASHES);
      for (const text of worst) {
        features.extract(text, text);
        expect(features.length).toBeLessThan(features.numbers.length);
      }
    }
  });

  it.each([
    ['NONE is likeliest', [0.4, 0, 0, 0, 0, 0, 0, 0, 0.6], null],
    ['the likeliest emotion is below its threshold', [0.2, 0.25, 0.2, 0.2, 0, 0, 0, 0, 0.15], null],
    ['an emotion is likely enough', [0.1, 0.6, 0.1, 0, 0, 0, 0, 0, 0.2], 'LOVE'],
  ] as const)('shows what it should when %s', (_, classes, emotion) => {
    expect(dominant(classes, new Array<number>(8).fill(0.3))).toBe(emotion);
  });
});
