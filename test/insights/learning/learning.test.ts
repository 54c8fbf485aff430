import { InProcessBus } from '../../../src/adapters/in-process/bus';
import { fitLearnt, type Example } from '../../../src/adapters/local-model/fit-learnt';
import { GENERATION, LOCAL_MODEL, loadLocalModel } from '../../../src/adapters/local-model/local-model';
import { chatId, scoredByOf, type Chat } from '../../../src/domain/chat';
import { EMOTIONS, type Emotion } from '../../../src/domain/emotion';
import type { RoomSettings } from '../../../src/domain/room';
import { CorrectionWatch } from '../../../src/insights/learning/correction-watch';
import { Learning } from '../../../src/insights/learning/learning';
import { readSaidNotes } from '../../../src/insights/learning/said-notes';
import { silentLogger } from '../../../src/ports/logger';
import { draft, openEngine } from '../../support/engine';
import { roomOf } from '../../support/insight-rig';
import { until } from '../../support/until';

const DAY_MS = 86_400_000;
const running = new AbortController().signal;
const model = loadLocalModel();

/** Words that the model does not know. */
const SLANG = { JOY: 'zoopy', WEARINESS: 'noodled' } as const;
const THINGS = ['printer', 'lecture', 'lunch', 'exam', 'team', 'coffee', 'report'];
const PLACES = ['room', 'bus', 'page', 'desk', 'shelf', 'slide', 'gate', 'seat'];
const line = (i: number): string => `${THINGS[i % 7] ?? ''} ${PLACES[i % 8] ?? ''}`;

const noteOf = (offset: number, by: string, text: string, feeling: Emotion | null, room = 'main'): Chat => ({
  ...draft({ id: chatId(by, String(offset)), room, authorId: by, author: by, text, feeling }),
  ...{ epoch: 'e', offset, sentAt: offset, revision: 0, hidden: false },
});

/** Notes with slang by 60 accounts, four of each. */
const slangNotes = (): Chat[] =>
  Array.from({ length: 240 }, (_, i) => {
    const emotion = i % 2 === 0 ? 'JOY' : 'WEARINESS';
    return noteOf(i + 1, `p${i % 60}`, `${line(i)} ${SLANG[emotion]}`, emotion);
  });

async function setup(learns = true) {
  const engine = await openEngine();
  await engine.roomStore.create(roomOf('main'), 10);
  const bus = new InProcessBus(silentLogger);
  let now = DAY_MS;
  const learning = (isOn = learns) =>
    new Learning({
      ...{ rooms: engine.roomStore, chats: engine.chatStore, corrections: engine.correctionStore, fitter: () => model },
      ...{ generation: GENERATION, lease: engine.lease, holder: 'h', clock: { now: () => now }, bus, logger: silentLogger },
      learns: isOn,
    });
  const watch = new CorrectionWatch(engine.correctionStore, model, bus, silentLogger);
  await watch.start();
  return { engine, learning, watch, nextDay: () => (now += DAY_MS) };
}

afterEach(() => {
  model.correctBy(undefined);
});

describe('learning from said feelings', () => {
  test('the model reads the slang of the community and names the correction, until its notes are taken back', async () => {
    const { engine, learning, watch, nextDay } = await setup();
    const read = (word: string) => model.score(`garden ${word}`).dominant;
    expect([read('zoopy'), read('noodled'), read('')]).toEqual([null, null, null]);
    const notes = slangNotes();
    await engine.chatStore.insertBatch(notes);
    await learning().run(running);
    await until(() => model.scoredBy === scoredByOf(GENERATION, 1));
    expect([read('zoopy'), read('noodled'), read('')]).toEqual(['JOY', 'WEARINESS', null]);
    expect(model.model).toBe(`${LOCAL_MODEL}+1`);

    await learning().run(running);
    expect((await engine.correctionStore.latest())?.version).toBe(1);

    for (const { offset, text } of notes) if (text.includes('zoopy')) await engine.chatStore.erase(offset);
    await engine.chatStore.insertBatch(
      notes.slice(0, 120).map((note, i) => noteOf(1_000 + i, note.authorId, `${line(i)} noodled`, 'WEARINESS')),
    );
    nextDay();
    await learning().run(running);
    await until(() => model.scoredBy === scoredByOf(GENERATION, 2));
    expect([read('zoopy'), read('noodled')]).toEqual([null, 'WEARINESS']);
    watch.stop();
  });

  test('switched off, it removes the correction', async () => {
    const { engine, learning, watch } = await setup();
    await engine.chatStore.insertBatch(slangNotes());
    await learning().run(running);
    await learning(false).run(running);
    expect(await engine.correctionStore.latest()).toMatchObject({ version: 2, weights: null });
    await until(() => model.scoredBy === GENERATION);
    watch.stop();
  });

  test('reads the newest notes of all partitions, about in the order of their times', async () => {
    const engine = await openEngine();
    const BAND = 2 ** 40;
    const notes = Array.from({ length: 900 }, (_, i) => ({
      ...noteOf([0, 2, 7].map((number) => number * BAND)[i % 3] ?? 0, `p${i}`, `note ${i}`, 'JOY'),
      ...{ id: `note-${i}`, sentAt: i },
    })).map((note, i) => ({ ...note, offset: note.offset + Math.floor(i / 3) + 1 }));
    await engine.chatStore.insertBatch(notes);
    const found = (await readSaidNotes([roomOf('main')], engine.chatStore, running)).map(({ text }) => Number(text.slice(5)));
    expect(found.toSorted((a, b) => a - b)).toEqual(notes.map((_, i) => i));
    expect(Math.min(...found.slice(0, 300))).toBeGreaterThanOrEqual(600);
    expect(Math.max(...found.slice(600))).toBeLessThan(300);
  });

  test('reads public rooms alone, at most 20 notes of an account, and no erased ones', async () => {
    const engine = await openEngine();
    const room = (id: string, settings: Partial<RoomSettings> = {}) => {
      const made = roomOf(id);
      return { ...made, settings: { ...made.settings, ...settings } };
    };
    const rooms = [
      room('main'),
      room('unlisted', { visibility: 'UNLISTED' }),
      room('private', { visibility: 'PRIVATE', everPrivate: true }),
      room('was-private', { everPrivate: true }),
    ];
    const many = Array.from({ length: 30 }, (_, i) => noteOf(i + 1, 'ann', `note ${i}`, 'JOY'));
    await engine.chatStore.insertBatch([
      ...many,
      noteOf(31, 'bob', 'nothing said', null),
      noteOf(32, 'bob', 'unlisted', 'JOY', 'unlisted'),
      noteOf(33, 'bob', 'private', 'JOY', 'private'),
      noteOf(34, 'bob', 'was private', 'JOY', 'was-private'),
      noteOf(35, 'bob', 'erased', 'JOY'),
      noteOf(100_035, 'bob', 'after a gap', 'CALM'),
    ]);
    await engine.chatStore.erase(35);
    const notes = await readSaidNotes(rooms, engine.chatStore, running);
    expect(notes.map(({ text }) => text)).toEqual([
      'after a gap',
      ...many
        .slice(-20)
        .reverse()
        .map(({ text }) => text),
    ]);
  });
});

describe('the fit', () => {
  const logits = [0, 0, 0, 0, 0, 0, 0, 0, 2];
  const example = (i: number, hashes: number[], feeling: Emotion): Example => ({
    ...{ account: `p${i % 60}`, feeling, logits, hashes: Int32Array.from(hashes) },
  });
  const likeliest = (classes: readonly number[]): Emotion | null => EMOTIONS[classes.indexOf(Math.max(...classes))] ?? null;

  test('uses features that five accounts wrote with the same feeling', async () => {
    const examples = Array.from({ length: 300 }, (_, i) =>
      example(i, [7, ...(i % 60 < 3 ? [8] : []), 9], i % 2 === 0 ? 'JOY' : i % 6 === 1 ? 'JOY' : 'CALM'),
    );
    const learnt = await fitLearnt(examples, 1, likeliest, running);
    expect([...(learnt?.hashes ?? [])].sort()).toEqual([7, 9]);
  });

  test('keeps nothing with fewer than 200 notes', async () => {
    const examples = Array.from({ length: 199 }, (_, i) => example(i, [7], 'JOY'));
    expect(await fitLearnt(examples, 1, likeliest, running)).toBeUndefined();
    expect(await fitLearnt([...examples, example(199, [7], 'JOY')], 1, likeliest, running)).toBeDefined();
  });

  test('keeps nothing if the held-out notes are read worse than before', async () => {
    const examples = Array.from({ length: 300 }, (_, i) => example(i, [7], 'JOY'));
    const rightOnlyAlone = (classes: readonly number[]): Emotion | null => (classes[0] === classes[1] ? 'JOY' : null);
    expect(await fitLearnt(examples, 1, rightOnlyAlone, running)).toBeUndefined();
  });
});
