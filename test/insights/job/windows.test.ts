import { parseExpression } from 'cron-parser';
import { FireTimes } from '../../../src/insights/job/windows';

const at = (iso: string) => Date.parse(iso);
const iso = (time: number) => new Date(time).toISOString();
const hours = ({ start, end }: { start: number; end: number }) => (end - start) / 3_600_000;
const DAILY = '50 9 * * *';
const NEW_YORK = 'America/New_York';

describe('FireTimes', () => {
  it('gives windows from 09:50 to 09:50 in Seoul', () => {
    const fires = new FireTimes(DAILY, 'Asia/Seoul');
    expect(fires.due(at('2026-11-20T00:50:00Z'), at('2026-11-22T00:49:59.999Z'), 7)).toEqual({
      windows: [{ start: at('2026-11-20T00:50:00Z'), end: at('2026-11-21T00:50:00Z') }],
      gap: null,
    });
    expect(fires.due(at('2026-11-20T00:50:00Z'), at('2026-11-22T00:50:00Z'), 7).windows).toHaveLength(2);
  });

  it('gives windows of 23 and 25 hours when clocks change in New York', () => {
    const fires = new FireTimes(DAILY, NEW_YORK);
    const spring = fires.due(at('2026-03-06T14:50:00Z'), at('2026-03-09T20:00:00Z'), 7).windows;
    expect(spring.map(hours)).toEqual([24, 23, 24]);
    const autumn = fires.due(at('2026-10-30T13:50:00Z'), at('2026-11-02T20:00:00Z'), 7).windows;
    expect(autumn.map(hours)).toEqual([24, 25, 24]);
  });

  it('fires one hour later at a skipped time and once at a repeated time', () => {
    const skipped = new FireTimes('30 2 * * *', NEW_YORK);
    expect(iso(skipped.next(at('2026-03-07T12:00:00Z')))).toBe('2026-03-08T07:30:00.000Z');
    expect(iso(skipped.next(at('2026-03-08T07:30:00Z')))).toBe('2026-03-09T06:30:00.000Z');
    const repeated = new FireTimes('30 1 * * *', NEW_YORK);
    expect(iso(repeated.next(at('2026-10-31T12:00:00Z')))).toBe('2026-11-01T05:30:00.000Z');
    expect(iso(repeated.next(at('2026-11-01T06:00:00Z')))).toBe('2026-11-02T06:30:00.000Z');
    expect(iso(repeated.lastUpTo(at('2026-11-01T12:00:00Z')))).toBe('2026-11-01T05:30:00.000Z');
  });

  it('fires in every hour that passes when the hour is *', () => {
    const hourly = new FireTimes('0 * * * *', NEW_YORK);
    const autumn = hourly.due(at('2026-11-01T03:00:00Z'), at('2026-11-01T09:00:00Z'), 24).windows;
    expect(autumn.map(hours)).toEqual([1, 1, 1, 1, 1, 1]);
    const spring = hourly.due(at('2026-03-08T04:00:00Z'), at('2026-03-08T09:00:00Z'), 24).windows;
    expect(spring.map(hours)).toEqual([1, 1, 1, 1, 1]);
  });

  it('starts where the last window ended after the schedule was changed', () => {
    const fires = new FireTimes('0 18 * * *', 'Asia/Seoul');
    const { windows, gap } = fires.due(at('2026-11-20T00:50:00Z'), at('2026-11-21T10:00:00Z'), 7);
    expect(windows.map(({ start, end }) => [iso(start), iso(end)])).toEqual([
      ['2026-11-20T00:50:00.000Z', '2026-11-20T09:00:00.000Z'],
      ['2026-11-20T09:00:00.000Z', '2026-11-21T09:00:00.000Z'],
    ]);
    expect(gap).toBeNull();
  });

  it('keeps the newest windows beyond the limit and returns the gap', () => {
    const fires = new FireTimes(DAILY, 'Asia/Seoul');
    const { windows, gap } = fires.due(at('2026-11-01T00:50:00Z'), at('2026-11-11T00:50:00Z'), 3);
    expect(windows.map(({ end }) => iso(end).slice(0, 10))).toEqual(['2026-11-09', '2026-11-10', '2026-11-11']);
    expect(gap).toEqual({ start: at('2026-11-01T00:50:00Z'), end: at('2026-11-08T00:50:00Z') });
  });

  it('returns everything as a gap with a limit of 0', () => {
    const fires = new FireTimes(DAILY, 'Asia/Seoul');
    expect(fires.due(at('2026-11-01T00:50:00Z'), at('2026-11-02T12:00:00Z'), 0)).toEqual({
      windows: [],
      gap: { start: at('2026-11-01T00:50:00Z'), end: at('2026-11-02T00:50:00Z') },
    });
  });

  it.each([
    ['50 9 * * *', 'Asia/Seoul'],
    ['50 9 * * *', NEW_YORK],
    ['30 2 * * *', NEW_YORK],
    ['30 1 * * *', NEW_YORK],
    ['15 30 8 * * 1-5', 'Europe/Berlin'],
    ['0 12 1,15 * 5', 'Asia/Kolkata'],
    ['0 0 L * *', 'Asia/Seoul'],
    ['0 7 * 3,10,11 sun', NEW_YORK],
    ['0 9 * * 1#1', 'Asia/Seoul'],
    ['0 9 * * 7#5', NEW_YORK],
    ['0 9 * * mon#2', 'Europe/Berlin'],
    ['0 9 * * 5L', 'Asia/Seoul'],
    ['0 9 * * 1,5L', NEW_YORK],
    ['0 9 13 * 5L', NEW_YORK],
    ['0 0 15,L 2 *', NEW_YORK],
  ])('fires "%s" in %s at the same times as cron-parser around both changes of the clocks', (cron, tz) => {
    const fires = new FireTimes(cron, tz);
    for (const from of ['2026-03-05T12:00:00Z', '2026-10-22T12:00:00Z']) {
      const theirs = parseExpression(cron, { tz, currentDate: new Date(from) });
      let ours = at(from);
      const expected: string[] = [];
      const found: string[] = [];
      for (let i = 0; i < 10; i++) {
        expected.push(theirs.next().toDate().toISOString());
        found.push(iso((ours = fires.next(ours))));
      }
      expect(found).toEqual(expected);
      expect(fires.due(at(from), ours, 20).windows.map(({ end }) => iso(end))).toEqual(found);
    }
  });

  it('fires every ten seconds with six fields', () => {
    const fires = new FireTimes('*/10 * * * * *', 'Asia/Seoul');
    expect(iso(fires.next(at('2026-11-20T00:00:05.500Z')))).toBe('2026-11-20T00:00:10.000Z');
    expect(iso(fires.lastUpTo(at('2026-11-20T00:00:10Z')))).toBe('2026-11-20T00:00:10.000Z');
    expect(fires.due(at('2025-01-01T00:00:00Z'), at('2026-11-20T00:00:00Z'), 7).windows).toHaveLength(7);
  });

  it.each([
    '',
    '* * *',
    '61 * * * *',
    '0 0 30 2 *',
    '@daily',
    'at noon and at night',
    '0 9 * * * * *',
    '0 9 * * L',
    '0 9 * * 1#6',
    '0 9 1 * 1#1',
    '0 9 15W * *',
  ])('refuses %p', (cron) => {
    expect(() => new FireTimes(cron, 'Asia/Seoul')).toThrow(RangeError);
  });

  it('refuses an unknown zone', () => {
    expect(() => new FireTimes(DAILY, 'Mars/Olympus')).toThrow(RangeError);
  });
});
