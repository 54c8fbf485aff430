import { ApiError } from '../../src/web/api';
import { memoryDraftStorage } from './support/memory-draft-storage';
import { MAX_WAITING, Outbox, type Draft, type OutboxDeps } from '../../src/web/state/outbox';
import type { Note } from '../../src/web/state/timeline';
import { until } from '../support/until';

const noteOf = ({ clientMessageId, text }: Draft): Note => ({
  id: `id-${clientMessageId}`,
  author: 'a',
  text,
  sentAt: '2026-01-01T00:00:00.000Z',
  cursor: 'c',
  empathies: [],
  hidden: false,
});

const open: Outbox[] = [];
afterEach(() => open.splice(0).forEach((outbox) => outbox.close()));

function outboxWith(deps: Partial<OutboxDeps>, storage = memoryDraftStorage()): Outbox {
  let ids = 0;
  const outbox = new Outbox({
    storage,
    send: (draft) => Promise.resolve(noteOf(draft)),
    owner: () => 'me',
    alone: (work) => work(),
    now: () => 1_000,
    newId: () => `m${++ids}`,
    ...deps,
  });
  open.push(outbox);
  return outbox;
}
const progress = (outbox: Outbox) => outbox.pending.get().map((entry) => [entry.text, entry.progress.kind]);

test('keeps offline notes in order and sends each once when the network is back', async () => {
  let online = false;
  const sent: string[] = [];
  const send = (draft: Draft) => {
    if (!online) return Promise.reject(new ApiError('OFFLINE', ''));
    sent.push(draft.clientMessageId);
    return Promise.resolve(noteOf(draft));
  };
  const storage = memoryDraftStorage();
  const before = outboxWith({ send }, storage);
  before.add('main', 'one', 'me');
  before.add('main', 'two', 'me');
  await until(async () => (await storage.all()).length === 2);
  before.close();

  const after = outboxWith({ send }, storage);
  await after.restore();
  expect(progress(after)).toEqual([
    ['one', 'waiting'],
    ['two', 'waiting'],
  ]);
  online = true;
  await after.wake();
  await after.wake();
  expect(sent).toEqual(['m1', 'm2']);
  expect(await storage.all()).toEqual([]);
  after.arrived(new Set(['id-m1', 'id-m2']));
  expect(after.pending.get()).toEqual([]);
});

test('marks a refused note as failed and retries it with the same clientMessageId', async () => {
  const ids: string[] = [];
  const outbox = outboxWith({
    send: (draft) => {
      ids.push(draft.clientMessageId);
      return ids.length === 1 ? Promise.reject(new ApiError('BAD_USER_INPUT', '')) : Promise.resolve(noteOf(draft));
    },
  });
  outbox.add('main', 'one', 'me');
  await until(() => progress(outbox)[0]?.[1] === 'failed');
  outbox.retry('m1');
  await until(() => progress(outbox)[0]?.[1] === 'sent');
  expect(ids).toEqual(['m1', 'm1']);
});

test('sends a note with the feeling chosen for it, and without one otherwise', async () => {
  const feelings: unknown[] = [];
  const outbox = outboxWith({ send: (draft) => Promise.resolve((feelings.push(draft.feeling), noteOf(draft))) });
  outbox.add('main', 'one', 'me', { feeling: 'JOY' });
  outbox.add('main', 'two', 'me');
  await until(() => feelings.length === 2);
  expect(feelings).toEqual(['JOY', null]);
});

test('sends a note only for its author and not before the time the server asked for', async () => {
  let owner: string | null = null;
  let now = 1_000;
  let limited = true;
  const sent: string[] = [];
  const outbox = outboxWith({
    owner: () => owner,
    now: () => now,
    send: (draft) => {
      if (limited) return Promise.reject(new ApiError('RATE_LIMITED', '', { retryAfter: 3 }));
      sent.push(draft.text);
      return Promise.resolve(noteOf(draft));
    },
  });
  outbox.add('main', 'one', 'me');
  await outbox.wake();
  owner = 'me';
  await outbox.wake();
  expect(outbox.notBefore.get().get('main')).toBe(4_000);
  limited = false;
  await outbox.wake();
  expect(sent).toEqual([]);
  now = 4_000;
  await outbox.wake();
  expect(sent).toEqual(['one']);
});

test('sends to other rooms while one room asks to wait', async () => {
  const sent: string[] = [];
  const send = (draft: Draft) => {
    if (draft.room === 'slow') return Promise.reject(new ApiError('RATE_LIMITED', '', { retryAfter: 3_600 }));
    sent.push(draft.text);
    return Promise.resolve(noteOf(draft));
  };
  const outbox = outboxWith({ send });
  outbox.add('slow', 'one', 'me');
  outbox.add('slow', 'two', 'me');
  outbox.add('main', 'three', 'me');
  await until(() => sent.length === 1);
  expect(sent).toEqual(['three']);
  expect([...outbox.notBefore.get().keys()]).toEqual(['slow']);
});

test('refuses drafts beyond MAX_WAITING and does not send what another tab has sent', async () => {
  const storage = memoryDraftStorage();
  const sent: string[] = [];
  const outbox = outboxWith({ owner: () => null }, storage);
  for (let i = 0; i < MAX_WAITING; i++) expect(outbox.add('main', `note ${i}`, 'me')).toBe(true);
  expect(outbox.add('main', 'one more', 'me')).toBe(false);

  const other = outboxWith({ send: (draft) => Promise.resolve((sent.push(draft.text), noteOf(draft))) }, storage);
  await until(async () => (await storage.all()).length === MAX_WAITING);
  await storage.remove('m1');
  await storage.remove('m2');
  await other.restore();
  expect(sent).toHaveLength(MAX_WAITING - 2);
  await storage.put({ clientMessageId: 'm1', room: 'main', text: 'gone', owner: 'me', createdAt: 0 });
});

const failing = (): Promise<never> => Promise.reject(new DOMException('full', 'QuotaExceededError'));

test('sends a note from memory when the storage refuses it', async () => {
  const sent: string[] = [];
  const storage = { all: failing, has: failing, put: failing, remove: failing };
  const outbox = outboxWith({ send: (draft) => Promise.resolve((sent.push(draft.text), noteOf(draft))) }, storage);
  await outbox.restore();
  expect(outbox.restored.get()).toBe(true);
  outbox.add('main', 'one', 'me');
  await until(() => progress(outbox)[0]?.[1] === 'sent');
  expect(sent).toEqual(['one']);
});

test('counts a note as sent when it cannot be removed from the storage, and removes it later', async () => {
  const memory = memoryDraftStorage();
  let full = true;
  const remove = (id: string) => (full ? failing() : memory.remove(id));
  const outbox = outboxWith({}, { ...memory, remove });
  outbox.add('main', 'one', 'me');
  await until(() => progress(outbox)[0]?.[1] === 'sent');
  expect(await memory.all()).toHaveLength(1);
  full = false;
  await outbox.wake();
  await until(async () => (await memory.all()).length === 0);
});

test('repeats a note with the same clientMessageId when the server does not know whether it was stored', async () => {
  const ids: string[] = [];
  const send = (draft: Draft) => {
    ids.push(draft.clientMessageId);
    return ids.length === 1
      ? Promise.reject(new ApiError('INTERNAL_SERVER_ERROR', '', { stored: 'unknown', retryAfter: 0.01 }))
      : Promise.resolve(noteOf(draft));
  };
  const outbox = outboxWith({ send, now: Date.now });
  outbox.add('main', 'one', 'me');
  await until(() => progress(outbox)[0]?.[1] === 'sent');
  expect(ids).toEqual(['m1', 'm1']);
});

test('drops the drafts of everybody else when somebody logs in, from memory and storage', async () => {
  const storage = memoryDraftStorage();
  let owner: string | null = null;
  const sent: string[] = [];
  const send = (draft: Draft) => Promise.resolve((sent.push(draft.text), noteOf(draft)));
  const outbox = outboxWith({ owner: () => owner, send }, storage);
  outbox.add('main', 'of the first', 'first');
  outbox.add('main', 'of the second', 'second');
  await until(async () => (await storage.all()).length === 2);
  owner = 'second';
  await outbox.changeOwner();
  expect(sent).toEqual(['of the second']);
  expect(await storage.all()).toEqual([]);
  expect(outbox.pending.get().map(({ owner: of }) => of)).toEqual(['second']);
});
