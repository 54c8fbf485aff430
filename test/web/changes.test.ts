import { ApiError } from '../../src/web/api';
import type { Empathy } from '../../src/web/generated/graphql';
import { Changes, keyOf, type Change, type ChangeOf, type ChangesDeps } from '../../src/web/state/changes';
import { seenNote, withPress, type Counts } from '../../src/web/state/seen-note';
import type { Note } from '../../src/web/state/timeline';
import { until } from '../support/until';
import { memoryChangeStorage } from './support/memory-change-storage';

const NONE: Counts = (['ME_TOO', 'HUG', 'CHEER'] as const).map((empathy) => ({ empathy, count: 0 }));
const press = (empathy: Empathy | null): ChangeOf => ({ kind: 'empathy', empathy, counts: NONE });
const noteOf = ({ chatId }: Change): Note => ({
  id: chatId,
  author: 'a',
  text: '',
  sentAt: '',
  cursor: 'c',
  empathies: [],
  hidden: false,
});
const offline = () => Promise.reject(new ApiError('OFFLINE', ''));

const open: Changes[] = [];
afterEach(() => open.splice(0).forEach((changes) => changes.close()));

let ids = 0;
function changesWith(deps: Partial<ChangesDeps>): { changes: Changes; sent: string[]; refused: string[] } {
  const sent: string[] = [];
  const refused: string[] = [];
  const changes = new Changes({
    storage: memoryChangeStorage(),
    send: (change) => Promise.resolve(noteOf(change)),
    onSent: (change) => sent.push(said(change)),
    onRefused: (change, error) => refused.push(`${said(change)} ${error instanceof ApiError ? error.code : ''}`),
    owner: () => 'me',
    alone: (work) => work(),
    now: () => 1_000,
    newId: () => `c${++ids}`,
    ...deps,
  });
  open.push(changes);
  return { changes, sent, refused };
}
const said = (change: Change): string => `${change.chatId} ${change.kind === 'empathy' ? change.empathy : change.kind}`;

test('sends the last choice of each note once the network is back, also from the next page', async () => {
  const storage = memoryChangeStorage();
  const before = changesWith({ storage, send: offline });
  before.changes.put('n1', 'me', press('HUG'));
  before.changes.put('n1', 'me', press('CHEER'));
  before.changes.put('n2', 'me', press('ME_TOO'));
  before.changes.put('n2', 'me', press(null));
  await until(async () => (await storage.all()).length === 2);
  before.changes.close();

  const after = changesWith({ storage });
  await after.changes.restore();
  expect(after.sent).toEqual(['n1 CHEER', 'n2 null']);
  expect(await storage.all()).toEqual([]);
  expect(after.changes.pending.get().size).toBe(0);
});

test('keeps a choice that was made while the one before it was being sent', async () => {
  let answer: (note: Note) => void = () => undefined;
  const asked: string[] = [];
  const send = (change: Change) => {
    asked.push(said(change));
    return asked.length === 1 ? new Promise<Note>((resolve) => (answer = resolve)) : Promise.resolve(noteOf(change));
  };
  const { changes, sent } = changesWith({ send });
  changes.put('n1', 'me', press('HUG'));
  await until(() => asked.length === 1);
  changes.put('n1', 'me', press('ME_TOO'));
  answer(noteOf({ chatId: 'n1' } as Change));
  await until(() => sent.length === 2);
  expect(asked).toEqual(['n1 HUG', 'n1 ME_TOO']);
  expect(changes.pending.get().size).toBe(0);
});

test('drops a press on a note that is gone, and goes on with the next', async () => {
  const send = (change: Change) =>
    change.chatId === 'gone' ? Promise.reject(new ApiError('NOT_FOUND', '')) : Promise.resolve(noteOf(change));
  const { changes, sent, refused } = changesWith({ send });
  changes.put('gone', 'me', press('HUG'));
  changes.put('n1', 'me', press('HUG'));
  await until(() => sent.length === 1);
  expect(refused).toEqual(['gone HUG NOT_FOUND']);
  expect(changes.pending.get().size).toBe(0);
});

test('does not send before a change is due, and not at all after it was undone', async () => {
  let now = 1_000;
  const { changes, sent } = changesWith({ now: () => now });
  changes.put('n1', 'me', { kind: 'take-back' }, 6_000);
  changes.put('n2', 'me', { kind: 'take-back' }, 6_000);
  await changes.wake();
  expect(sent).toEqual([]);
  changes.drop(changes.pending.get().get(keyOf('take-back', 'n1')) as Change);
  now = 6_000;
  await changes.wake();
  expect(sent).toEqual(['n2 take-back']);
});

test('sends what is not due yet when the page is left', async () => {
  const asked: [string, boolean][] = [];
  const send = (change: Change, leaving: boolean) => Promise.resolve((asked.push([change.chatId, leaving]), noteOf(change)));
  const { changes } = changesWith({ send });
  changes.put('n1', 'me', { kind: 'take-back' }, 6_000);
  await changes.leave();
  expect(asked).toEqual([['n1', true]]);
});

test('waits as long as the server asked for', async () => {
  let now = 1_000;
  let limited = true;
  const send = (change: Change) =>
    limited ? Promise.reject(new ApiError('RATE_LIMITED', '', { retryAfter: 3 })) : Promise.resolve(noteOf(change));
  const { changes, sent } = changesWith({ send, now: () => now });
  changes.put('n1', 'me', press('HUG'));
  await changes.wake();
  limited = false;
  await changes.wake();
  expect(sent).toEqual([]);
  now = 4_000;
  await changes.wake();
  expect(sent).toEqual(['n1 HUG']);
});

test('sends what another tab has chosen since, and nothing that another tab has sent', async () => {
  const storage = memoryChangeStorage();
  const one = changesWith({ storage, send: offline });
  const other = changesWith({ storage, send: offline });
  one.changes.put('n1', 'me', press('HUG'));
  one.changes.put('n2', 'me', press('HUG'));
  await one.changes.wake();
  other.changes.put('n1', 'me', press('CHEER'));
  const [, second] = await storage.all();
  await storage.remove(second as Change);
  const later = changesWith({ storage });
  later.changes.pending.set(one.changes.pending.get());
  await later.changes.wake();
  expect(later.sent).toEqual(['n1 CHEER']);
  expect(later.changes.pending.get().size).toBe(0);
});

test('sends from memory when the storage fails', async () => {
  const failing = () => Promise.reject(new DOMException('full', 'QuotaExceededError'));
  const { changes, sent } = changesWith({ storage: { all: failing, get: failing, put: failing, remove: failing } });
  await changes.restore();
  changes.put('n1', 'me', press('HUG'));
  await until(() => sent.length === 1);
  expect(changes.pending.get().size).toBe(0);
});

test('drops the changes of everybody else when somebody logs in', async () => {
  const storage = memoryChangeStorage();
  let owner: string | null = null;
  const { changes, sent } = changesWith({ storage, owner: () => owner });
  changes.put('n1', 'first', press('HUG'));
  changes.put('n2', 'second', press('HUG'));
  owner = 'second';
  await changes.changeOwner();
  expect(sent).toEqual(['n2 HUG']);
  expect(await storage.all()).toEqual([]);
});

describe('a note as its reader sees it', () => {
  const note = { feeling: null, shownEmotion: 'JOY', dominantEmotion: 'JOY', empathies: NONE } as const;
  const counts = (all: Counts) => all.map(({ count }) => count);
  const pending = (of: ChangeOf) => ({ key: '', id: '', chatId: 'n1', owner: 'me', dueAt: 0, ...of });

  test('moves a press from one kind to another, and never counts below zero', () => {
    const one = withPress(NONE, null, 'HUG');
    expect(counts(one)).toEqual([0, 1, 0]);
    expect(counts(withPress(one, 'HUG', 'CHEER'))).toEqual([0, 0, 1]);
    expect(counts(withPress(one, 'HUG', null))).toEqual([0, 0, 0]);
    expect(counts(withPress(NONE, 'HUG', null))).toEqual([0, 0, 0]);
  });

  test('shows the own press at once, and what the server says once it is confirmed', () => {
    const change = pending({ kind: 'empathy', empathy: 'HUG', counts: withPress(NONE, null, 'HUG') }) as never;
    const before = seenNote(note, undefined, { empathy: change, feeling: undefined });
    expect([counts(before.counts), before.ownEmpathy]).toEqual([[0, 1, 0], 'HUG']);
    const confirmed = { ...note, empathies: withPress(withPress(NONE, null, 'HUG'), null, 'HUG') };
    const after = seenNote(confirmed, { mine: false, empathy: 'HUG' }, { empathy: undefined, feeling: undefined });
    expect([counts(after.counts), after.ownEmpathy]).toEqual([[0, 2, 0], 'HUG']);
  });

  test('shows a corrected feeling at once, and the reading again when it is unset', () => {
    const seen = (feeling: 'HOPE' | null) =>
      seenNote(note, undefined, { empathy: undefined, feeling: pending({ kind: 'feeling', feeling }) as never });
    expect(seen('HOPE')).toMatchObject({ feeling: 'HOPE', shownEmotion: 'HOPE' });
    expect(seen(null)).toMatchObject({ feeling: null, shownEmotion: 'JOY' });
  });
});
