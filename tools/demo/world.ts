import { setTimeout as sleep } from 'node:timers/promises';
import type { App } from '../../src/app/start';
import { EN, KO } from './messages';
import { SimulatedPerson } from './person';

/** A clock that a history can be written with: it starts in the past and comes to the present. */
export class MovableClock {
  private behind = 0;

  now(): number {
    return Date.now() - this.behind;
  }

  /** Never back: the log does not go back either. */
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

/** Both languages meet on everyone's wall; each has a room besides. */
const mixed = KO.flatMap((text, i) => (i % 3 === 1 ? [text, EN[i % EN.length] ?? text] : [text]));
const PLACES: readonly Place[] = [
  { room: 'main', texts: mixed },
  { room: 'night-walk', texts: KO },
  { room: 'reading-nook', texts: EN },
];

/** Twenty people, their rooms, some days that they have already written about, and the letters of those days. */
export async function fillWorld(app: App, clock: MovableClock, random: () => number): Promise<SimulatedPerson[]> {
  const start = HISTORY_START;
  const people = await Promise.all(
    Array.from({ length: PEOPLE }, (_, i) => new SimulatedPerson(`demo_${String(i + 1).padStart(2, '0')}`, app.urls).register()),
  );
  const [first] = people;
  await first?.createRoom('night-walk', '밤 산책');
  await first?.createRoom('reading-nook', 'Reading nook');
  // Each day another part of the texts, so that no two days feel the same.
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

/** Comes, reads, types, writes, and at times leaves again. Ends when `signal` says so. */
export async function live(person: SimulatedPerson, index: number, random: () => number, signal: AbortSignal): Promise<void> {
  const place = PLACES[index % 5 === 3 ? 1 : index % 5 === 4 ? 2 : 0] ?? PLACES[0];
  if (!place) return;
  let next = Math.floor(random() * place.texts.length);
  const wait = (seconds: number) => sleep((0.5 + random()) * seconds * 1_000, undefined, { signal });
  try {
    await wait(3);
    for (;;) {
      if (!person.isHere) person.enter(place.room);
      await wait(25);
      const text = place.texts[next++ % place.texts.length] ?? '';
      await person.type(place.room, true);
      await wait(Math.min(4, text.length / 12));
      await person.say(place.room, text);
      await person.type(place.room, false);
      if (random() < 0.15) {
        person.leave();
        await wait(15);
      }
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    person.leave();
  }
}
