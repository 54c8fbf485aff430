import { exportData } from '../../src/flow/export-data';
import { chatOf } from '../support/memory-log';

const viewer = { userId: 'u1', username: 'mina', sessionId: 's1', expiresAt: 1 };
const TOTAL = 1_050;

const deps = {
  user: () => Promise.resolve({ id: 'u1', username: 'mina', email: null, isGuest: false, joinedAt: 0 }),
  sessions: () => Promise.resolve([{ id: 's1', userId: 'u1', createdAt: 0, generation: 1, expiresAt: 60_000, endedAt: null }]),
  memberships: { ofUser: () => Promise.resolve([{ room: 'class', userId: 'u1', role: 'HOST' as const, since: 0 }]) },
  history: {
    ownLog: (_: string, page: number, size: number) => {
      const items = Array.from({ length: Math.max(0, Math.min(size, TOTAL - (page - 1) * size)) }, (__, i) => ({
        ...chatOf('e1', TOTAL - (page - 1) * size - i, 'main', 'hello'),
        feeling: 'HOPE' as const,
      }));
      return Promise.resolve({ items, hasMore: page * size < TOTAL });
    },
  },
};

test('exports 1,000 messages a page, with the account and its sessions on every page', async () => {
  const [first, second] = [await exportData(deps, viewer, 1), await exportData(deps, viewer, 2)];
  for (const page of [first, second]) {
    expect(page).toMatchObject({
      account: { id: 'u1', username: 'mina', email: null, joinedAt: '1970-01-01T00:00:00.000Z' },
      sessions: [{ id: 's1', createdAt: '1970-01-01T00:00:00.000Z', expiresAt: '1970-01-01T00:01:00.000Z' }],
      memberships: [{ room: 'class', role: 'HOST', since: '1970-01-01T00:00:00.000Z' }],
      pageSize: 1_000,
    });
  }
  expect([first, second].map(({ messages }) => (messages as unknown[]).length)).toEqual([1_000, 50]);
  expect([first['hasMore'], second['hasMore']]).toEqual([true, false]);
  expect(first['messages']).toContainEqual(
    expect.objectContaining({
      text: 'hello',
      feeling: 'HOPE',
      answers: null,
      emotions: expect.objectContaining({ JOY: 90 }) as unknown,
    }),
  );
});

test('refuses a page below 1', async () => {
  await expect(exportData(deps, viewer, 0)).rejects.toMatchObject({ code: 'BAD_USER_INPUT', field: 'page' });
});
