import { MergedReader } from '../../src/flow/merged-reader';
import { TailIndexes } from '../../src/flow/tail-index';
import type { LogPartition } from '../../src/ports/chat-log';
import { appendAll, draft, openEngine } from '../support/engine';
import { faulty } from '../support/faulty';
import { onePartition } from '../support/one-partition';
import { MemoryLog } from '../support/memory-log';

const BACKLOG = 12_000;

/** A log with a backlog in a busy room, three messages of a quiet one among them, and a count of the reads. */
async function backlog() {
  const engine = await openEngine();
  const drafts = Array.from({ length: BACKLOG }, (_, i) =>
    draft(i % 4_000 === 100 ? { room: 'quiet', authorId: 'mina', text: `quiet ${i}` } : {}),
  );
  await appendAll(engine.chatLog, drafts);
  const reads = { read: 0, readBack: 0 };
  const log = faulty<LogPartition>(engine.chatLog.of('main'), (method) => {
    if (method === 'read' || method === 'readBack') reads[method]++;
    return undefined;
  });
  return { engine, log: onePartition(log), reads, tail: new TailIndexes(onePartition(log)) };
}

test('reads a long backlog once, whatever is asked of it afterwards', async () => {
  const { engine, log, reads, tail } = await backlog();
  const reader = new MergedReader(log, engine.chatStore, tail);
  await tail.indexOf('main').refresh();
  expect(reads.read).toBe(BACKLOG / 500);
  for (let i = 0; i < 5; i++) {
    expect((await reader.byRoom('quiet', {}, 20, 'newest-first')).items.map(({ text }) => text)).toEqual([
      'quiet 8100',
      'quiet 4100',
      'quiet 100',
    ]);
    expect((await reader.byAuthor('mina', 1, 1)).items).toMatchObject([{ text: 'quiet 4100' }]);
    expect(await reader.countByAuthor('mina')).toBe(3);
    expect(await tail.scoresOf('main')).toHaveLength(BACKLOG - 3);
  }
  expect(reads.read).toBe(BACKLOG / 500);
  // One read for each of the three messages, and two of the author's.
  expect(reads.readBack).toBe(5 * 5);
});

test('concurrent callers share a read, and each sees what was appended before its call', async () => {
  const { engine, reads, tail } = await backlog();
  const first = Array.from({ length: 10 }, () => tail.scoresOf('quiet'));
  await appendAll(engine.chatLog, [draft({ room: 'quiet' })]);
  const later = Array.from({ length: 10 }, () => tail.scoresOf('quiet'));
  for (const entries of await Promise.all(first)) expect(entries.length).toBeGreaterThanOrEqual(3);
  for (const entries of await Promise.all(later)) expect(entries).toHaveLength(4);
  expect(reads.read).toBe(BACKLOG / 500 + 1);
});

test('drops what is committed, and begins again after a trim and in a new epoch', async () => {
  const log = new MemoryLog();
  const tail = new TailIndexes(log);
  log.put('main', 'one', 'two', 'three');
  expect(await tail.scoresOf('main')).toHaveLength(3);
  await log.commit(2);
  expect((await tail.of('main')).map(({ text }) => text)).toEqual(['three']);
  log.put('main', 'four', 'five');
  await log.commit(4);
  log.forget(4);
  expect((await tail.of('main')).map(({ text }) => text)).toEqual(['five']);
  log.recreate('e2');
  await log.commit(log.top.offset);
  log.put('main', 'six');
  expect((await tail.of('main')).map(({ text }) => text)).toEqual(['six']);
  expect(tail.indexOf('main').committed).toBe(log.top.offset - 1);
});
