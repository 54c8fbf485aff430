/** Calendar of an IANA time zone. Everything is in milliseconds since 1970; only whole minutes of offset are assumed. */
export interface LocalDate {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
}

export interface LocalTime extends LocalDate {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const DAY_MS = 86_400_000;

export class Zone {
  private readonly format: Intl.DateTimeFormat;

  /** @throws RangeError for an unknown zone */
  constructor(readonly name: string) {
    this.format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  }

  local(instant: number): LocalTime {
    const parts: Record<string, string> = {};
    for (const { type, value } of this.format.formatToParts(instant)) parts[type] = value;
    const year = Number(parts['year']);
    return {
      year: parts['era'] === 'BC' ? 1 - year : year,
      month: Number(parts['month']),
      day: Number(parts['day']),
      hour: Number(parts['hour']),
      minute: Number(parts['minute']),
      second: Number(parts['second']),
    };
  }

  /**
   * The first instant at which the clocks of the zone show this time; where they skip it, the instant as many minutes after the
   * jump (02:30 in the hour that is skipped is 03:30).
   */
  instant(time: LocalTime): number {
    const asUtc = utc(time);
    // Offsets change by hours at most a few times a year, so one of these two is right; the one before decides in a gap.
    const before = this.offset(asUtc - DAY_MS);
    const after = this.offset(asUtc + DAY_MS);
    const candidates = [asUtc - before, asUtc - after].sort((a, b) => a - b);
    return candidates.find((instant) => utc(this.local(instant)) === asUtc) ?? asUtc - before;
  }

  /** The first instant of the day, which is not midnight where midnight is skipped. */
  startOfDay(date: LocalDate): number {
    const midnight = { ...date, hour: 0, minute: 0, second: 0 };
    const asUtc = utc(midnight);
    const candidates = [asUtc - this.offset(asUtc - DAY_MS), asUtc - this.offset(asUtc + DAY_MS)].sort((a, b) => a - b);
    return candidates.find((instant) => utc(this.local(instant)) >= asUtc) ?? asUtc;
  }

  startOfDayOf(instant: number): number {
    return this.startOfDay(this.local(instant));
  }

  /** Start of the day after the one that begins at `start`. */
  nextDay(start: number): number {
    return this.startOfDay(addDays(this.local(start), 1));
  }

  private offset(instant: number): number {
    return utc(this.local(instant)) - Math.floor(instant / 1000) * 1000;
  }
}

export function addDays(date: LocalDate, days: number): LocalDate {
  const moved = new Date(utc({ ...date, hour: 0, minute: 0, second: 0 }) + days * DAY_MS);
  return { year: moved.getUTCFullYear(), month: moved.getUTCMonth() + 1, day: moved.getUTCDate() };
}

/** 0 is Sunday. */
export const dayOfWeek = (date: LocalDate): number => new Date(utc({ ...date, hour: 0, minute: 0, second: 0 })).getUTCDay();

/** The same reading of the clock in UTC. setUTCFullYear, because Date.UTC takes the years 0 to 99 for 1900 to 1999. */
function utc(time: LocalTime): number {
  const date = new Date(0);
  date.setUTCFullYear(time.year, time.month - 1, time.day);
  return date.setUTCHours(time.hour, time.minute, time.second, 0);
}
