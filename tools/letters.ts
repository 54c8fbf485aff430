/**
 * `npm run docs:letters -- --data FOLDER`: updates the two letters in docs/insight.md. Forty accounts send comments of the folder's
 * data sets, from which the local model is trained, through the public API over four days: Korean ones to `main`, English ones to a
 * second room. The document shows the letters of the fourth day. The same data gives the same letters.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startApp } from '../src/app/start';
import { parseConfig } from '../src/config/config';
import { silentLogger } from '../src/ports/logger';
import { SimulatedPerson } from './demo/person';
import { englishEmotions, koreanEmotions, type Split } from './emotions/data';
import { seededRandom } from './emotions/random';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const DAYS = 4;
const PEOPLE = 40;
/** 09:50 in Seoul, where the windows begin by default. */
const START = Date.UTC(2026, 10, 19, 0, 50);
const ENGLISH_ROOM = 'english-corner';
const MAX_LETTERS = 300;

const random = seededRandom(20_261_122);
const document = join(__dirname, '../docs/insight.md');

function comments({ train, dev, validation }: Split): string[] {
  return [...train, ...dev, ...validation]
    .map(({ text }) => text.trim())
    .filter((text) => text !== '' && [...text].length <= MAX_LETTERS)
    .map((text) => ({ text, order: random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ text }) => text);
}

async function letterOf(url: string, room: string): Promise<string> {
  const body = JSON.stringify({ query: 'query($room: ID!) { insight(room: $room) { letter } }', variables: { room } });
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const { data } = (await response.json()) as { data: { insight: { letter: string } } };
  return data.insight.letter;
}

async function write(folder: string, dataDir: string): Promise<void> {
  // First, because it keeps the event loop for seconds, and open connections would time out.
  const rooms = [
    { room: 'main', texts: comments(koreanEmotions(folder)), minimum: 420 },
    { room: ENGLISH_ROOM, texts: comments(englishEmotions(folder)), minimum: 210 },
  ];
  const clock = { at: START };
  const config = parseConfig({
    HOST: '127.0.0.1',
    PORT: '0',
    WS_PORT: '0',
    DATA_DIR: dataDir,
    BCRYPT_COST: '4',
    JWT_EXPIRES_IN: '30d',
    RATE_LIMITS: 'off',
  });
  const app = await startApp(config, silentLogger, { clock: { now: () => clock.at } });
  try {
    const people: SimulatedPerson[] = [];
    for (let i = 0; i < PEOPLE; i++) people.push(await new SimulatedPerson(`someone_${i}`, app.urls).register());
    await people[0]?.createRoom(ENGLISH_ROOM, 'The English Corner');
    for (let day = 0; day < DAYS; day++) {
      // The mean of two draws: most notes fall in the middle of the window.
      const time = () => START + day * DAY + Math.floor(((random() + random()) / 2) * (DAY - HOUR));
      const plan = rooms.flatMap(({ room, texts, minimum }) =>
        texts.splice(0, minimum + Math.floor(random() * 80)).map((text) => ({ room, text, at: time() })),
      );
      for (const { room, text, at } of plan.sort((a, b) => a.at - b.at)) {
        clock.at = at;
        // Some people write far more than others.
        await people[Math.floor(random() ** 1.5 * PEOPLE)]?.say(room, text);
      }
      clock.at = START + (day + 1) * DAY;
      await app.runInsights(clock.at);
    }
    let text = readFileSync(document, 'utf8');
    for (const { room } of rooms) {
      const quoted = (await letterOf(app.urls.http, room))
        .split('\n')
        .map((line) => `> ${line}`.trimEnd())
        .join('\n');
      text = text.replace(
        new RegExp(`(<!-- letter: ${room} -->\n)[^]*?(<!-- /letter -->)`),
        (_, open: string, close: string) => `${open}\n${quoted}\n\n${close}`,
      );
    }
    writeFileSync(document, text);
  } finally {
    await app.stop();
  }
}

const { values } = parseArgs({ options: { data: { type: 'string' } } });
if (values.data === undefined) throw new Error('Name the folder of the data sets: --data FOLDER');
const dataDir = mkdtempSync(join(tmpdir(), 'letters-'));
void write(values.data, dataDir).finally(() => rmSync(dataDir, { recursive: true }));
