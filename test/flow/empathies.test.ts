import { unavailable } from '../../src/domain/errors';
import { Empathies, type EmpathiesDeps } from '../../src/flow/empathies';
import type { LmdbEngine } from '../../src/adapters/lmdb/open-lmdb';
import type { EmpathyStore } from '../../src/ports/empathy-store';
import { appendAll, draft, openEngine } from '../support/engine';
import { faulty } from '../support/faulty';
import { openAccess } from '../support/open-access';

const viewer = { userId: 'reader', username: 'reader', sessionId: 's', expiresAt: Infinity };

function empathiesOn(engine: LmdbEngine, change: Partial<EmpathiesDeps> = {}): { empathies: Empathies; announced: string[] } {
  const announced: string[] = [];
  const empathies = new Empathies({
    log: engine.chatLog,
    store: engine.chatStore,
    empathies: engine.empathyStore,
    access: openAccess(),
    mutes: { admit: () => undefined },
    admit: () => Promise.resolve(),
    announcer: { changed: ({ id }) => void announced.push(id) },
    ...change,
  });
  return { empathies, announced };
}

async function withChat(): Promise<{ engine: LmdbEngine; id: string }> {
  const engine = await openEngine();
  const [chat] = await appendAll(engine.chatLog, [draft()]);
  return { engine, id: chat?.id ?? '' };
}

test('a press is announced once, and not at all if it changes nothing', async () => {
  const { engine, id } = await withChat();
  const { empathies, announced } = empathiesOn(engine);
  expect((await empathies.set(viewer, id, 'HUG')).counts).toEqual([0, 1, 0]);
  expect((await empathies.set(viewer, id, 'HUG')).counts).toEqual([0, 1, 0]);
  expect(announced).toEqual([id]);
});

test('UNAVAILABLE says whether the press may have been stored, and a page of messages is readable without counts', async () => {
  const { engine, id } = await withChat();
  const away = empathiesOn(engine, { empathies: faulty<EmpathyStore>(engine.empathyStore, () => unavailable('away')) }).empathies;
  await expect(away.set(viewer, id, 'HUG')).rejects.toMatchObject({ code: 'UNAVAILABLE', stored: 'unknown' });
  expect(await away.counts([id])).toEqual(new Map());
  const blind = empathiesOn(engine, { log: { find: () => Promise.reject(unavailable('away')) } }).empathies;
  await expect(blind.set(viewer, id, 'HUG')).rejects.toMatchObject({ code: 'UNAVAILABLE', stored: 'no' });
});

test('a press on a message that is erased at the same time is removed again', async () => {
  const { engine, id } = await withChat();
  const slow: EmpathyStore = faulty<EmpathyStore>(engine.empathyStore, (method) =>
    method === 'set' ? engine.chatLog.erase(1).then(() => engine.empathyStore.removeNote(id)) : undefined,
  );
  const { empathies, announced } = empathiesOn(engine, { empathies: slow });
  await expect(empathies.set(viewer, id, 'HUG')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect([await engine.empathyStore.counts([id]), announced]).toEqual([new Map(), []]);
});
