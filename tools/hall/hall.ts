import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { chromium, type Page } from 'playwright-core';
import { startApp } from '../../src/app/start';
import { parseConfig } from '../../src/config/config';
import { silentLogger } from '../../src/ports/logger';
import { SimulatedPerson } from '../demo/person';
import { openMeter } from './meter';

const PEOPLE = 20;
const ROOM = 'main';
/** Also the interval of the lines that are printed. */
const TAKE_BACK_EVERY_MS = 20_000;
const TEXTS = readFileSync(join(__dirname, '../demo/notes-ko.txt'), 'utf8').trim().split('\n');

/** Twenty simulated people write while the screen of a hall is open. Prints what the screen costs, and how soon it drops a note. */
async function hall(minutes: number, rate: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'jungle-buzz-hall-'));
  const config = parseConfig({
    ...{ HOST: '127.0.0.1', PORT: '0', WS_PORT: '0', DATA_DIR: folder, BCRYPT_COST: '4', JWT_EXPIRES_IN: '30d' },
    RATE_LIMITS: 'off',
  });
  const app = await startApp(config, silentLogger);
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  try {
    const people = await Promise.all(
      Array.from({ length: PEOPLE }, (_, i) => new SimulatedPerson(`hall_${i}`, app.urls).register()),
    );
    for (const person of people) person.connect(ROOM);
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 }, locale: 'ko-KR' });
    await page.goto(`${new URL(app.urls.http).origin}/rooms/${ROOM}/screen`);
    for (const text of TEXTS.slice(0, 100)) await people[0]?.say(ROOM, text);
    await page.locator('.card.placed').first().waitFor();
    const meter = await openMeter(browser, page);
    const gone = await run(page, people, Date.now() + minutes * 60_000, 1_000 / rate);
    const { cpu, heapMb, nodes } = await meter.read();
    process.stdout.write(`${minutes} min with ${rate} notes/s on 1920x1080\n`);
    process.stdout.write(`CPU of the browser: ${cpu.toFixed(2)} cores, with software rendering\n`);
    process.stdout.write(
      `heap after collection: ${heapMb[0].toFixed(1)} MB at the start, ${heapMb[1].toFixed(1)} MB at the end\n`,
    );
    process.stdout.write(`nodes of the document: ${nodes[0]} at the start, ${nodes[1]} at the end\n`);
    process.stdout.write(`notes taken back: ${gone.length}, gone after at most ${Math.max(...gone)} ms\n`);
    for (const person of people) person.disconnect();
  } finally {
    await browser.close();
    await app.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @returns for each note that was taken back, how long the screen still had it, in milliseconds */
async function run(page: Page, people: readonly SimulatedPerson[], until: number, everyMs: number): Promise<number[]> {
  const gone: number[] = [];
  let nextTakeBack = Date.now() + TAKE_BACK_EVERY_MS / 2;
  for (let i = 0, due = Date.now(); Date.now() < until; i++, due += everyMs) {
    const person = people[i % people.length];
    await person?.say(ROOM, TEXTS[i % TEXTS.length] ?? '');
    if (Date.now() >= nextTakeBack && person) {
      nextTakeBack += TAKE_BACK_EVERY_MS;
      gone.push(await takeBackOne(page, person, `take me back ${i}`));
      process.stdout.write(`gone after ${gone.at(-1)} ms\n`);
    }
    await sleep(Math.max(0, due + everyMs - Date.now()));
  }
  return gone;
}

async function takeBackOne(page: Page, person: SimulatedPerson, text: string): Promise<number> {
  const id = await person.say(ROOM, text);
  await page.getByText(text).waitFor({ state: 'attached' });
  const since = Date.now();
  const detached = page.getByText(text).waitFor({ state: 'detached' });
  await person.takeBack(id);
  await detached;
  return Date.now() - since;
}

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '30' }, rate: { type: 'string', default: '5' } },
});
hall(Number(values.minutes), Number(values.rate)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
