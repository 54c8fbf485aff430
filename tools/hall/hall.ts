import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { chromium, type Browser, type Page } from 'playwright-core';
import { startApp } from '../../src/app/start';
import { parseConfig } from '../../src/config/config';
import { silentLogger } from '../../src/ports/logger';
import { HALL_WORDS } from '../../src/web/words/hall';
import { SimulatedPerson } from '../demo/person';
import { growthOf, meanCpu, openMeter, type Sample } from './meter';
import { Visitor } from './visitor';

const PEOPLE = 20;
const ROOM = 'main';
const TAKE_BACK_EVERY_MS = 20_000;
const VISITORS_WRITE_EVERY_MS = 30_000;
const SAMPLES = 30;
/** What the screen has to keep to. */
const MAX = { goneMs: 1_000, cores: 0.5, growth: 0.1 };
const TEXTS = readFileSync(join(__dirname, '../demo/notes-ko.txt'), 'utf8').trim().split('\n');
/** One picture for each sample, which git ignores. */
const PICTURES = join(__dirname, '../../test/web/screenshots/hall');

interface Hall {
  readonly screen: Page;
  readonly people: readonly SimulatedPerson[];
  readonly visitors: readonly Visitor[];
  readonly startsAt: number;
  readonly endsAt: number;
  /** For each note that was taken back, how long the screen still had it, in milliseconds. */
  readonly gone: number[];
  isOffline: boolean;
}

/** Twenty simulated people and two real browsers write while the screen of a hall is open. Prints what the screen costs. */
async function hall(minutes: number, rate: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'jungle-buzz-hall-'));
  const config = parseConfig({
    ...{ HOST: '127.0.0.1', PORT: '0', WS_PORT: '0', DATA_DIR: folder, BCRYPT_COST: '4', JWT_EXPIRES_IN: '30d' },
    RATE_LIMITS: 'off',
  });
  rmSync(PICTURES, { recursive: true, force: true });
  mkdirSync(PICTURES, { recursive: true });
  const app = await startApp(config, silentLogger);
  // The phones do not count in what the screen costs.
  const [browser, phones] = await Promise.all([openBrowser(), openBrowser()]);
  try {
    const people = await Promise.all(
      Array.from({ length: PEOPLE }, (_, i) => new SimulatedPerson(`hall_${i}`, app.urls).register()),
    );
    for (const person of people) person.connect(ROOM);
    for (const text of TEXTS.slice(0, 100)) await people[0]?.say(ROOM, text);
    const screen = await browser.newPage({ viewport: { width: 1920, height: 1080 }, locale: 'ko-KR' });
    await screen.goto(`${new URL(app.urls.http).origin}/rooms/${ROOM}/screen`);
    await screen.locator('.card.placed').first().waitFor();
    const address = await screen.getByRole('img', { name: /^http/ }).getAttribute('aria-label');
    const visitors = await Promise.all([1, 2].map(() => Visitor.scan(phones, address ?? '')));
    const startsAt = Date.now();
    const now: Hall = { screen, people, visitors, startsAt, endsAt: startsAt + minutes * 60_000, gone: [], isOffline: false };
    const read = await openMeter(browser, screen);
    const [samples] = await Promise.all([
      sample(now, read),
      peopleWrite(now, 1_000 / rate),
      visitorsWrite(now),
      loseNetwork(now),
    ]);
    report(samples, now, minutes, rate);
    for (const person of people) person.disconnect();
  } finally {
    await Promise.all([browser.close(), phones.close()]);
    await app.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });

async function sample({ screen, startsAt, endsAt }: Hall, read: () => Promise<Sample>): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (let i = 1; i <= SAMPLES; i++) {
    await sleep(Math.max(0, startsAt + (i * (endsAt - startsAt)) / SAMPLES - Date.now()));
    const taken = await read();
    samples.push(taken);
    await screen.screenshot({ path: join(PICTURES, `${String(i).padStart(2, '0')}.png`) });
    const { minute, cpu, heapMb, nodes } = taken;
    process.stdout.write(`${minute.toFixed(1)} min: ${cpu.toFixed(2)} cores, heap ${heapMb.toFixed(1)} MB, ${nodes} nodes\n`);
  }
  return samples;
}

async function peopleWrite(hall: Hall, everyMs: number): Promise<void> {
  const { screen, people, endsAt, gone } = hall;
  let nextTakeBack = Date.now() + TAKE_BACK_EVERY_MS / 2;
  for (let i = 0, due = Date.now(); Date.now() < endsAt; i++, due += everyMs) {
    const person = people[i % people.length];
    await person?.say(ROOM, TEXTS[i % TEXTS.length] ?? '');
    if (Date.now() >= nextTakeBack && person && !hall.isOffline) {
      nextTakeBack += TAKE_BACK_EVERY_MS;
      const text = `${i}번째 글은 곧 지울게요`;
      const id = await person.say(ROOM, text);
      await screen.getByText(text).waitFor({ state: 'attached' });
      gone.push(await untilGone(screen, text, () => person.takeBack(id)));
    }
    await sleep(Math.max(0, due + everyMs - Date.now()));
  }
}

/** Both write by turns, and one of them erases a note at a quarter of the time. */
async function visitorsWrite({ screen, visitors, startsAt, endsAt, gone }: Hall): Promise<void> {
  const quarter = startsAt + (endsAt - startsAt) / 4;
  let erased = false;
  for (let n = 1; Date.now() < endsAt; n++) {
    const visitor = visitors[n % visitors.length];
    const text = `휴대폰으로 찍고 들어왔어요 (${n})`;
    await visitor?.write(text);
    if (!erased && visitor && Date.now() > quarter) {
      erased = true;
      await screen.getByText(text).waitFor({ state: 'attached' });
      gone.push(await untilGone(screen, text, () => visitor.takeBack(text)));
      process.stdout.write(`a visitor's note was gone ${gone.at(-1)} ms after it was erased\n`);
    }
    await sleep(Math.max(0, Math.min(VISITORS_WRITE_EVERY_MS / visitors.length, endsAt - Date.now())));
  }
}

/** At half of the time the screen loses its network for a while, and a note that it shows is taken back meanwhile. */
async function loseNetwork(hall: Hall): Promise<void> {
  const { screen, people, startsAt, endsAt, gone } = hall;
  const words = HALL_WORDS.ko;
  await sleep((endsAt - startsAt) / 2);
  hall.isOffline = true;
  const text = '이 글은 화면이 끊긴 사이에 지워져요';
  const [person] = people;
  const id = (await person?.say(ROOM, text)) ?? '';
  await screen.getByText(text).waitFor({ state: 'attached' });
  await screen.context().setOffline(true);
  await screen.getByText(words.offline).waitFor();
  await screen.screenshot({ path: join(PICTURES, 'offline.png') });
  await person?.takeBack(id);
  await sleep((endsAt - startsAt) / 30);
  const back = Date.now();
  gone.push(await untilGone(screen, text, () => screen.context().setOffline(false)));
  await screen.getByText(words.offline).waitFor({ state: 'detached' });
  process.stdout.write(`the network was back, and the screen was live after ${Date.now() - back} ms\n`);
  hall.isOffline = false;
}

/** @returns milliseconds from the end of `erase` until the screen has no such text */
async function untilGone(screen: Page, text: string, erase: () => Promise<void>): Promise<number> {
  const detached = screen
    .getByText(text)
    .waitFor({ state: 'detached' })
    .then(() => Date.now());
  await erase();
  const since = Date.now();
  return Math.max(0, (await detached) - since);
}

function report(samples: readonly Sample[], { gone }: Hall, minutes: number, rate: number): void {
  const [cores, growth, worst] = [meanCpu(samples), growthOf(samples), Math.max(...gone)];
  const lines = [
    `${minutes} min with ${rate} notes/s, ${PEOPLE} simulated people and two browsers, on 1920x1080; pictures in ${PICTURES}`,
    `processor: ${cores.toFixed(2)} cores with software rendering (at most ${MAX.cores})`,
    `heap: ${(growth * 100).toFixed(1)} % larger in the last third than in the second (at most ${MAX.growth * 100} %)`,
    `notes taken back: ${gone.length}, gone after at most ${worst} ms (at most ${MAX.goneMs} ms)`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  if (cores > MAX.cores || growth > MAX.growth || worst > MAX.goneMs) process.exitCode = 1;
}

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '30' }, rate: { type: 'string', default: '5' } },
});
hall(Number(values.minutes), Number(values.rate)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
