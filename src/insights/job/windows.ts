import { parseExpression } from 'cron-parser';
import type { Window } from '../../domain/insight';
import { addDays, dayOfWeek, Zone, type LocalDate } from '../mood/zone';

/** No schedule that fires at all pauses longer: 29 February on a given weekday comes back within 40 years. */
const MAX_DAYS = 41 * 366;
const HOUR_MS = 3_600_000;

/**
 * When a cron expression fires in a time zone. Read by cron-parser, as node-schedule does, but walked here: its own `next` takes
 * about 10 ms of the event loop, and around a change of the clocks its `prev` does not give the times of its `next`.
 * The rules are those of its `next`: a time that the clocks skip fires as much later, a time that comes twice fires the first
 * time, and an expression with `*` for the hour follows the hours as they really pass.
 */
export class FireTimes {
  private readonly seconds: readonly number[];
  private readonly minutes: readonly number[];
  private readonly hours: readonly number[];
  private readonly everyHour: boolean;
  private readonly matchesDay: (date: LocalDate) => boolean;
  private readonly zone: Zone;

  /** @throws RangeError if the expression or the zone cannot be read; the message says what is wrong */
  constructor(cron: string, timeZone: string) {
    this.zone = new Zone(timeZone);
    const expression = cron.trim();
    const count = expression.split(/\s+/).length;
    if (count !== 5 && count !== 6) throw new RangeError('a cron expression has five or six fields');
    let fields;
    try {
      fields = parseExpression(expression, { tz: timeZone }).fields;
    } catch (error) {
      throw new RangeError(error instanceof Error ? error.message : 'the cron expression cannot be read', { cause: error });
    }
    this.seconds = fields.second;
    this.minutes = fields.minute;
    this.hours = fields.hour;
    this.everyHour = this.hours.length === 24;
    const months: readonly number[] = fields.month;
    const monthDays: readonly (number | 'L')[] = fields.dayOfMonth;
    const weekDays: readonly number[] = fields.dayOfWeek.map((day) => day % 7);
    const anyMonthDay = monthDays.length >= 31;
    const anyWeekDay = new Set(weekDays).size === 7;
    this.matchesDay = (date) => {
      if (!months.includes(date.month)) return false;
      const monthDay = monthDays.includes(date.day) || (monthDays.includes('L') && addDays(date, 1).day === 1);
      const weekDay = weekDays.includes(dayOfWeek(date));
      // Cron's old rule: with both fields restricted, either is enough.
      return anyMonthDay ? weekDay : anyWeekDay ? monthDay : monthDay || weekDay;
    };
  }

  /** The first fire time after `instant`. */
  next(instant: number): number {
    for (const time of this.forwards(instant)) return time;
    throw new RangeError('the cron expression never fires');
  }

  /** The last fire time at or before `instant`. */
  lastUpTo(instant: number): number {
    for (const time of this.backwards(instant)) return time;
    throw new RangeError('the cron expression never fires');
  }

  /**
   * Windows that are over at `now`, adjacent, oldest first, from `doneUntil` on. Of more than `limit` the newest are given.
   */
  due(doneUntil: number, now: number, limit: number): { readonly windows: readonly Window[]; readonly gap: Window | null } {
    const ends: number[] = [];
    let start = doneUntil;
    for (const time of this.backwards(now)) {
      if (time <= doneUntil) break;
      if (ends.length === limit) {
        start = time;
        break;
      }
      ends.unshift(time);
    }
    const windows = ends.map((end, i) => ({ start: ends[i - 1] ?? start, end }));
    return { windows, gap: start > doneUntil ? { start: doneUntil, end: start } : null };
  }

  private *forwards(instant: number): Generator<number> {
    let date: LocalDate = addDays(this.zone.local(instant), -1);
    for (let i = 0; i < MAX_DAYS; i++, date = addDays(date, 1)) {
      if (!this.matchesDay(date)) continue;
      for (const hour of this.hoursOf(date)) {
        if (hour.end > instant) yield* this.within(hour).filter((time) => time > instant);
      }
    }
  }

  private *backwards(instant: number): Generator<number> {
    let date: LocalDate = addDays(this.zone.local(instant), 1);
    for (let i = 0; i < MAX_DAYS; i++, date = addDays(date, -1)) {
      if (!this.matchesDay(date)) continue;
      for (const hour of this.hoursOf(date).reverse()) {
        if (hour.start > instant) continue;
        yield* this.within(hour)
          .filter((time) => time <= instant)
          .reverse();
      }
    }
  }

  /** At most 3,600 times. */
  private within(hour: Window): number[] {
    return this.minutes
      .flatMap((minute) => this.seconds.map((second) => hour.start + (minute * 60 + second) * 1000))
      .filter((time) => time < hour.end);
  }

  /** The hours of the day in which it fires, as they pass: none twice, none longer than 60 minutes. */
  private hoursOf(date: LocalDate): Window[] {
    const starts = [...new Set(this.hours.map((hour) => this.zone.instant({ ...date, hour, minute: 0, second: 0 })))];
    return starts
      .sort((a, b) => a - b)
      .flatMap((start, i) => {
        const next = starts[i + 1] ?? Infinity;
        const first = { start, end: Math.min(start + HOUR_MS, next) };
        const comesTwice = this.everyHour && next === start + 2 * HOUR_MS;
        return comesTwice ? [first, { start: first.end, end: next }] : [first];
      });
  }
}
