/**
 * `npm run eval:learning`: how far a correction learnt from said feelings helps a community with slang of its own. The test set of chat
 * is split in two halves. Simulated people write the lines of one half, often with slang, and say what they feel; the other half is
 * read with the model alone and with the correction, once with slang and once as it is. Then the halves change places.
 */
import { loadLocalModel, type LocalModel } from '../../src/adapters/local-model/local-model';
import { GENERATION } from '../../src/adapters/local-model/local-model';
import { NONE } from '../../src/adapters/local-model/chat-model-file';
import type { Language } from '../../src/adapters/local-model/features';
import { EMOTIONS, type Emotion } from '../../src/domain/emotion';
import type { SaidNote } from '../../src/domain/model-correction';
import { chatFigures, type ChatFigures } from './chat-report';
import { readChatRows } from './chat-rows';
import type { Row } from './data';
import { seededRandom } from './random';
import { SLANG } from './slang';

const PEOPLE = 60;
const NOTES_A_PERSON = 12;
/** Share of the lines with a feeling that carry slang. */
const SLANG_SHARE = 0.5;
/** Share of the notes whose author says another feeling than the line and the slang have. */
const NOISE = 0.1;
const VERSIONS = 4;

type Random = () => number;

const oneOf = <T>(list: readonly T[], random: Random): T => list[Math.floor(random() * list.length)]!;

const withSlang = (text: string, emotion: Emotion, language: Language, random: Random): string => {
  const word = oneOf(SLANG[language][emotion], random);
  return random() < 0.5 ? `${text} ${word}` : `${word} ${text}`;
};

const likeliest = ({ labels }: Row): Emotion | undefined => EMOTIONS[labels.indexOf(Math.max(...labels))];

function write(rows: readonly Row[], language: Language, random: Random): SaidNote[] {
  return Array.from({ length: PEOPLE * NOTES_A_PERSON }, (_, i) => {
    const row = oneOf(rows, random);
    const own = likeliest(row);
    const feeling = own ?? oneOf(EMOTIONS, random);
    const text = own && random() > SLANG_SHARE ? row.text : withSlang(row.text, feeling, language, random);
    return { authorId: `p${i % PEOPLE}`, text, feeling: random() < NOISE ? oneOf(EMOTIONS, random) : feeling };
  });
}

/** A line without a feeling gets one by its slang. */
function slangRow(row: Row, language: Language, random: Random): Row {
  const own = likeliest(row);
  const emotion = own ?? oneOf(EMOTIONS, random);
  const labels = own ? row.labels : row.labels.map((_, k) => (k === EMOTIONS.indexOf(emotion) ? 1 : 0));
  return { text: withSlang(row.text, emotion, language, random), labels };
}

const read = (model: LocalModel, rows: readonly Row[]): (Emotion | null)[] => rows.map(({ text }) => model.score(text).dominant);

async function evaluate(model: LocalModel, language: Language): Promise<void> {
  const rows = readChatRows('test', language);
  const halves = [0, 1].map((half) => rows.filter((_, i) => i % 2 === half));
  const plain: Row[] = [];
  const slang: Row[] = [];
  const shown = { plain: { before: [], after: [] }, slang: { before: [], after: [] } } as Record<
    'plain' | 'slang',
    Record<'before' | 'after', (Emotion | null)[]>
  >;
  let features = 0;
  for (const half of [0, 1]) {
    for (let version = 1; version <= VERSIONS; version++) {
      const random = seededRandom(10 * half + version);
      const notes = write(halves[1 - half]!, language, random);
      const measured = halves[half]!;
      const inSlang = measured.map((row) => slangRow(row, language, random));
      plain.push(...measured);
      slang.push(...inSlang);
      model.correctBy(undefined);
      shown.plain.before.push(...read(model, measured));
      shown.slang.before.push(...read(model, inSlang));
      const weights = await model.fit(notes, version, new AbortController().signal);
      features += (weights?.length ?? 0) / 36 / 2 / VERSIONS;
      model.correctBy({ version, generation: GENERATION, fittedAt: 0, weights });
      shown.plain.after.push(...read(model, measured));
      shown.slang.after.push(...read(model, inSlang));
    }
  }
  console.log(
    `\n### ${language}: ${rows.length} lines, ${VERSIONS} simulations each, about ${features.toFixed(0)} features learnt\n`,
  );
  console.log('| lines | model | right | precision of shown | coverage |\n|---|---|---:|---:|---:|');
  for (const [name, measured] of [
    ['with slang', slang],
    ['as they are', plain],
  ] as const) {
    const of = shown[name === 'with slang' ? 'slang' : 'plain'];
    console.log(`| ${name} | alone | ${cells(chatFigures(measured, of.before))} |`);
    console.log(`| ${name} | corrected | ${cells(chatFigures(measured, of.after))} |`);
  }
  const quiet = plain.flatMap(({ labels }, i) => (labels[NONE]! > 0 ? [i] : []));
  const wrong = (list: readonly (Emotion | null)[]) => quiet.filter((i) => list[i]).length / quiet.length;
  console.log(
    `\nlines without a feeling that show one: ${percent(wrong(shown.plain.before))} alone, ${percent(wrong(shown.plain.after))} corrected`,
  );
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const cells = ({ right, precision, coverage }: ChatFigures): string => [right, precision, coverage].map(percent).join(' | ');

async function main(): Promise<void> {
  const model = loadLocalModel();
  for (const language of ['ko', 'en'] as const) await evaluate(model, language);
}

void main();
