import { priceOf, SpendLedger } from '../../../src/insights/remote/spend';
import { InsightRig } from '../../support/insight-rig';

const PRICE = { input: 1, output: 10 };

describe('SpendLedger', () => {
  let rig: InsightRig;
  beforeEach(async () => {
    rig = await InsightRig.open('2026-11-20T03:00:00Z');
  });
  afterEach(() => rig.close());
  const ledger = (limitUsd: number) => new SpendLedger(rig.engine.spendStore, rig.clock, 'Asia/Seoul', limitUsd);
  const total = () => rig.engine.spendStore.add('2026-11-20', { calls: 0, inputTokens: 0, outputTokens: 0, microUsd: 0 });

  it('books the highest cost before a call and the real cost after it', async () => {
    const reservation = await ledger(1).reserve(PRICE, { inputTokens: 1_000, outputTokens: 100 });
    expect(await total()).toMatchObject({ calls: 1, microUsd: 2_000 });
    if (!reservation) throw new Error('no reservation');
    expect(await ledger(1).settle(reservation, { inputTokens: 900, outputTokens: 10 })).toBe(1_000);
    expect(await total()).toEqual({ calls: 1, inputTokens: 900, outputTokens: 10, microUsd: 1_000 });
  });

  it('refuses calls beyond the limit, accepts one that reaches it, and resets at midnight of the zone', async () => {
    expect(await ledger(0.002).reserve(PRICE, { inputTokens: 2_001, outputTokens: 0 })).toBeUndefined();
    expect(await total()).toMatchObject({ calls: 0, microUsd: 0 });
    expect(await ledger(0.002).reserve(PRICE, { inputTokens: 2_000, outputTokens: 0 })).toBeDefined();
    expect(await ledger(0.002).reserve(PRICE, { inputTokens: 1, outputTokens: 0 })).toBeUndefined();
    rig.now = Date.parse('2026-11-20T15:00:00Z');
    expect(await ledger(0.002).reserve(PRICE, { inputTokens: 2_000, outputTokens: 0 })).toBeDefined();
  });

  it('keeps concurrent reservations within the limit', async () => {
    const tries = await Promise.all(
      Array.from({ length: 20 }, () => ledger(0.005).reserve(PRICE, { inputTokens: 1_000, outputTokens: 0 })),
    );
    expect(tries.filter((reservation) => reservation)).toHaveLength(5);
  });

  it('assigns the highest price to an unknown model', () => {
    expect(priceOf('gpt-4o-mini')).toEqual({ input: 0.15, output: 0.6 });
    expect(priceOf('model-of-tomorrow').output).toBeGreaterThanOrEqual(10);
  });
});
