/**
 * `npm run eval:emotions -- [--data FOLDER] [--models FOLDER] [--seed N]`: how well the models read rows they have not seen.
 * The test set of chat is read with the committed models. With --data, comments are read as well, beside the plain word list: that
 * trains without the validation rows first, unless --models names a folder that was trained with --hold-out.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadLocalModel } from '../../src/adapters/local-model/local-model';
import { decodeModel } from '../../src/adapters/local-model/model-file';
import { EMOTIONS, fromPercents, toPercents, type Feeling } from '../../src/domain/emotion';
import type { Scorer } from '../../src/ports/scorer';
import { printChat } from './chat-report';
import { readChatRows } from './chat-rows';
import { englishEmotions, koreanEmotions, koreanPolarity, type Row } from './data';
import { calibrationError, confusion, mean, rocAuc } from './metrics';
import { trainModels } from './train-models';
import { wordListScorer } from './word-list';

const WORD_LIST_THRESHOLD = 0.5;
const PLEASANT = 4;

/** As the service keeps them: whole percents. */
const read = (scorer: Scorer, rows: readonly Row[]): Feeling[] =>
  rows.map(({ text }) => {
    const { scores, dominant } = scorer.score(text);
    return { scores: fromPercents(toPercents(scores)), dominant };
  });

function emotionTable(rows: readonly Row[], feelings: readonly Feeling[], plain: readonly Feeling[], thresholds: Float32Array) {
  const means = {
    auc: [] as number[],
    f1: [] as number[],
    error: [] as number[],
    plainAuc: [] as number[],
    plainF1: [] as number[],
  };
  console.log(
    '| emotion | rows with it | ROC AUC | F1 | calibration error | hit / missed / false / right to pass | word list: AUC | F1 |',
  );
  console.log('|---|---:|---:|---:|---:|---:|---:|---:|');
  EMOTIONS.forEach((emotion, k) => {
    const truth = rows.map(({ labels }) => labels[k]!);
    if (!truth.includes(1)) return;
    const of = (all: readonly Feeling[]) => all.map(({ scores }) => scores[k]!);
    const at = confusion(of(feelings), truth, thresholds[k]!);
    const plainAt = confusion(of(plain), truth, WORD_LIST_THRESHOLD);
    means.auc.push(rocAuc(of(feelings), truth));
    means.f1.push(at.f1);
    means.error.push(calibrationError(of(feelings), truth));
    means.plainAuc.push(rocAuc(of(plain), truth));
    means.plainF1.push(plainAt.f1);
    const last = (list: readonly number[]) => list.at(-1)!.toFixed(3);
    const counts = `${at.hit} / ${at.missed} / ${at.wrong} / ${at.passed}`;
    const base = ((100 * mean(truth)).toFixed(0) + ' %').padStart(4);
    console.log(
      `| ${emotion} | ${base} | ${last(means.auc)} | ${last(means.f1)} | ${last(means.error)} | ${counts} | ${last(means.plainAuc)} | ${last(means.plainF1)} |`,
    );
  });
  const macro = (list: readonly number[]) => `**${mean(list).toFixed(3)}**`;
  console.log(
    `| **mean** | | ${macro(means.auc)} | ${macro(means.f1)} | ${macro(means.error)} | | ${macro(means.plainAuc)} | ${macro(means.plainF1)} |`,
  );
}

/** Of rows with one label or none: what `dominant` says. */
function dominantTable(rows: readonly Row[], feelings: readonly Feeling[]): void {
  const names = [...EMOTIONS, 'none'];
  const counts = names.map(() => names.map(() => 0));
  rows.forEach(({ labels }, i) => {
    if (labels.filter((label) => label === 1).length > 1) return;
    const truth = labels.indexOf(1);
    const said = names.indexOf(feelings[i]!.dominant ?? 'none');
    counts[truth < 0 ? EMOTIONS.length : truth]![said]!++;
  });
  console.log(`\n| only label ↓, dominant → | ${names.join(' | ')} |\n|---|${names.map(() => '---:|').join('')}`);
  names.forEach((name, i) => {
    if (counts[i]!.some((count) => count > 0)) console.log(`| ${name} | ${counts[i]!.join(' | ')} |`);
  });
}

function polarityLine(rows: readonly Row[], scorer: Scorer): string {
  const difference = read(scorer, rows).map(({ scores }) =>
    scores.reduce((sum, score, k) => sum + (k < PLEASANT ? score : -score), 0),
  );
  const truth = rows.map(({ labels }) => labels[0]!);
  return rocAuc(difference, truth).toFixed(4);
}

function evaluate(data: string, models: string): void {
  const model = loadLocalModel(models);
  for (const [language, { validation }] of [
    ['ko', koreanEmotions(data)],
    ['en', englishEmotions(data)],
  ] as const) {
    console.log(`\n### ${language}: ${validation.length} rows\n`);
    const { thresholds } = decodeModel(readFileSync(join(models, `emotions-${language}.bin`)));
    const feelings = read(model, validation);
    emotionTable(validation, feelings, read(wordListScorer, validation), thresholds);
    dominantTable(validation, feelings);
  }
  const { validation } = koreanPolarity(data);
  console.log(`\n### Korean polarity: ${validation.length} rows\n`);
  console.log(
    `ROC AUC by pleasant less unpleasant: ${polarityLine(validation, model)}; word list ${polarityLine(validation, wordListScorer)}`,
  );
}

const { values } = parseArgs({
  options: { data: { type: 'string' }, models: { type: 'string' }, seed: { type: 'string', default: '1' } },
});
const printTestSet = (models?: string): void => {
  const scorer = loadLocalModel(models);
  for (const language of ['ko', 'en'] as const) printChat(`chat, ${language}`, readChatRows('test', language), scorer);
};

printTestSet(values.models);
if (values.data !== undefined) {
  if (values.models !== undefined) evaluate(values.data, values.models);
  else {
    const folder = mkdtempSync(join(tmpdir(), 'emotions-'));
    try {
      trainModels(values.data, folder, Number(values.seed), true);
      evaluate(values.data, folder);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
}
