import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { App } from '../../src/app/start';
import { SimulatedPerson } from './person';

/** A clock that starts in the past and is moved to the present while the demo's history is written. */
export class MovableClock {
  private behind = 0;

  now(): number {
    return Date.now() - this.behind;
  }

  /** Only forwards, because times of the log never decrease. */
  moveTo(time: number): void {
    this.behind = Math.max(0, Date.now() - time);
  }
}

interface Place {
  readonly room: string;
  readonly texts: readonly string[];
}

const DAY_MS = 24 * 60 * 60 * 1_000;
const PEOPLE = 20;
const HISTORY_DAYS = 5;
const PER_DAY = 60;
export const HISTORY_START = Date.now() - HISTORY_DAYS * DAY_MS;

const notes = (file: string) => readFileSync(join(__dirname, file), 'utf8').trim().split('\n');
/** Notes in the order in which they are sent, written for the demo. */
const KO = notes('notes-ko.txt');
const EN = notes('notes-en.txt');

/** The main room has notes in both languages, the other two rooms in one. */
const mixed = KO.flatMap((text, i) => (i % 3 === 1 ? [text, EN[i % EN.length] ?? text] : [text]));
const PLACES: readonly Place[] = [
  { room: 'main', texts: mixed },
  { room: 'night-walk', texts: KO },
  { room: 'reading-nook', texts: EN },
];

/** Registers twenty people, creates their rooms, and writes five days of notes with their letters. */
export async function fillWorld(app: App, clock: MovableClock, random: () => number): Promise<SimulatedPerson[]> {
  const start = HISTORY_START;
  const people = await Promise.all(
    Array.from({ length: PEOPLE }, (_, i) => new SimulatedPerson(`demo_${String(i + 1).padStart(2, '0')}`, app.urls).register()),
  );
  const [first] = people;
  await first?.createRoom('night-walk', '밤 산책');
  await first?.createRoom('reading-nook', 'Reading nook');
  // Each day uses another part of the notes, so that days differ.
  const total = HISTORY_DAYS * PER_DAY;
  for (let i = 0; i < total; i++) {
    clock.moveTo(start + ((i + random()) / total) * HISTORY_DAYS * DAY_MS);
    const place = PLACES[i % 4 === 3 ? 1 + (i % 2) : 0] ?? PLACES[0];
    const text = place?.texts[(i * 7 + Math.floor(i / PER_DAY)) % place.texts.length];
    const person = people[Math.floor(random() * people.length)];
    if (place && text !== undefined) await person?.say(place.room, text);
    if (i % PER_DAY === PER_DAY - 1) await app.runInsights(clock.now());
  }
  clock.moveTo(Date.now());
  await app.runInsights(clock.now());
  return people;
}

/** Lets a person open a room, read, type, write and sometimes leave, until the signal is aborted. */
export async function live(person: SimulatedPerson, index: number, random: () => number, signal: AbortSignal): Promise<void> {
  const place = PLACES[index % 5 === 3 ? 1 : index % 5 === 4 ? 2 : 0] ?? PLACES[0];
  if (!place) return;
  let next = Math.floor(random() * place.texts.length);
  const wait = (seconds: number) => sleep((0.5 + random()) * seconds * 1_000, undefined, { signal });
  try {
    await wait(3);
    for (;;) {
      if (!person.isConnected) person.connect(place.room);
      await wait(25);
      const text = place.texts[next++ % place.texts.length] ?? '';
      await person.type(place.room, true);
      await wait(Math.min(4, text.length / 12));
      await person.say(place.room, text);
      await person.type(place.room, false);
      if (random() < 0.15) {
        person.disconnect();
        await wait(15);
      }
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    person.disconnect();
  }
}
