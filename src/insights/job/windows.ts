import { parseExpression } from 'cron-parser';
import type { Window } from '../../domain/insight';
import { addDays, dayOfWeek, Zone, type LocalDate } from '../../util/zone';

/** 29 February on a given weekday comes back within 40 years; a schedule with a longer pause never fires. */
const MAX_DAYS = 41 * 366;
const HOUR_MS = 3_600_000;

/**
 * Fire times of a cron expression in a time zone. cron-parser, which node-schedule uses too, parses the expression. The days are
 * iterated here, because cron-parser's `prev` does not return the times of its `next` around a change of the clocks, and one call
 * takes about 10 ms. The rules are those of its `next`: a time that the clocks skip fires later by the length of the gap, a time
 * that occurs twice fires at its first occurrence, and an expression with `*` for the hour fires in every hour that passes.
 */
export class FireTimes {
  private readonly seconds: readonly number[];
  private readonly minutes: readonly number[];
  private readonly hours: readonly number[];
  private readonly everyHour: boolean;
  private readonly matchesDay: (date: LocalDate) => boolean;
  private readonly zone: Zone;

  /** @throws RangeError if the expression or the zone is invalid; the message says why */
  constructor(cron: string, timeZone: string) {
    this.zone = new Zone(timeZone);
    const expression = cron.trim();
    const count = expression.split(/\s+/).length;
    if (count !== 5 && count !== 6) throw new RangeError('a cron expression has five or six fields');
    let fields;
    try {
      fields = parseExpression(expression, { tz: timeZone }).fields;
    } catch (error) {
      throw new RangeError(error instanceof Error ? error.message : 'the cron expression is invalid', { cause: error });
    }
    this.seconds = fields.second;
    this.minutes = fields.minute;
    this.hours = fields.hour;
    this.everyHour = this.hours.length === 24;
    this.matchesDay = dayMatcher(fields, expression);
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
   * The adjacent windows between `doneUntil` and `now`, oldest first; of more than `limit` only the newest. `gap` is the time
   * before them that no window covers.
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

  /** The fire times of one hour, at most 3,600. */
  private within(hour: Window): number[] {
    return this.minutes
      .flatMap((minute) => this.seconds.map((second) => hour.start + (minute * 60 + second) * 1000))
      .filter((time) => time < hour.end);
  }

  /** The hours of the day in which the expression fires, in order, without overlap, each at most 60 minutes long. */
  private hoursOf(date: LocalDate): Window[] {
    const starts = [...new Set(this.hours.map((hour) => this.zone.instant({ ...date, hour, minute: 0, second: 0 })))];
    return starts
      .sort((a, b) => a - b)
      .flatMap((start, i) => {
        const next = starts[i + 1] ?? Infinity;
        const first = { start, end: Math.min(start + HOUR_MS, next) };
        const occursTwice = this.everyHour && next === start + 2 * HOUR_MS;
        return occursTwice ? [first, { start: first.end, end: next }] : [first];
      });
  }
}

interface DayFields {
  readonly month: readonly number[];
  readonly dayOfMonth: readonly (number | 'L')[];
  /** `5L` stays text; cron-parser's types do not say so. */
  readonly dayOfWeek: readonly unknown[];
}

/** @throws RangeError for a combination of day fields that cron programs read differently */
function dayMatcher({ month, dayOfMonth, dayOfWeek: weekdayField }: DayFields, expression: string): (date: LocalDate) => boolean {
  const weekdays = new Set(weekdayField.filter((day) => typeof day === 'number').map((day) => day % 7));
  const lastWeekdays = new Set(weekdayField.filter((day) => typeof day === 'string').map((day) => parseInt(day, 10) % 7));
  if (lastWeekdays.has(NaN)) throw new RangeError('L in the weekday field needs a weekday before it, such as 5L');
  // cron-parser keeps n of `1#n` to itself, and refuses `#` beside a list or range.
  const nth = Number(/#(\d)$/.exec(expression)?.[1] ?? 0);
  const anyMonthDay = dayOfMonth.length >= 31;
  const anyWeekday = weekdays.size === 7;
  if (nth > 0 && !anyMonthDay) throw new RangeError('# cannot be combined with a day of the month');

  return (date) => {
    if (!month.includes(date.month)) return false;
    const monthDay = dayOfMonth.includes(date.day) || (dayOfMonth.includes('L') && addDays(date, 1).day === 1);
    const weekday = dayOfWeek(date);
    const weekdayMatches =
      (weekdays.has(weekday) && (nth === 0 || Math.ceil(date.day / 7) === nth)) ||
      (lastWeekdays.has(weekday) && addDays(date, 7).month !== date.month);
    // Vixie cron's rule: if both fields are restricted, either is enough.
    return anyMonthDay ? weekdayMatches : anyWeekday ? monthDay : monthDay || weekdayMatches;
  };
}
