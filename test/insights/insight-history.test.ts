import { InsightHistory } from '../../src/insights/insight-history';
import { InsightRig } from '../support/insight-rig';

describe('InsightHistory', () => {
  let rig: InsightRig;
  let history: InsightHistory;
  beforeEach(async () => {
    rig = await InsightRig.open('2026-11-01T03:00:00Z');
    history = new InsightHistory(rig.engine.insightStore);
    await rig.job().run();
    rig.now = Date.parse('2026-11-06T03:00:00Z');
    await rig.job().run();
  });
  afterEach(() => rig.close());

  it('pages through all insights, newest first', async () => {
    const ends: number[] = [];
    let after: string | null = null;
    const sizes: number[] = [];
    for (;;) {
      const page = await history.page('main', 2, after);
      sizes.push(page.edges.length);
      ends.push(...page.edges.map(({ insight }) => insight.window.end));
      expect(page.endCursor).toBe(page.edges.at(-1)?.cursor);
      if (!page.hasNextPage) break;
      after = page.endCursor;
    }
    expect(sizes).toEqual([2, 2, 1]);
    expect(ends).toEqual([6, 5, 4, 3, 2].map((day) => Date.parse(`2026-11-0${day}T00:50:00Z`)));
    expect((await history.latest('main'))?.window.end).toBe(ends[0]);
  });

  it('is empty for a room without insights', async () => {
    expect(await history.latest('other')).toBeNull();
    expect(await history.page('other', 10)).toEqual({ edges: [], hasNextPage: false, endCursor: null });
  });

  it('refuses sizes beyond 1 to 100 and cursors of another list', async () => {
    for (const first of [0, 101]) await expect(history.page('main', first)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    const cursor = (await history.page('main', 1)).endCursor ?? '';
    await expect(history.page('other', 1, cursor)).rejects.toMatchObject({ code: 'BAD_USER_INPUT', field: 'after' });
    for (const bad of ['', 'x', `${cursor}A`, cursor.slice(0, -2)]) {
      await expect(history.page('main', 1, bad)).rejects.toMatchObject({ code: 'BAD_USER_INPUT', field: 'after' });
    }
  });
});
