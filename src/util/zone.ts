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

/** Calendar of an IANA time zone. Instants are milliseconds since 1970. */
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
   * The first instant at which clocks of the zone show this time. A time that the clocks skip is moved by the length of the gap:
   * 02:30 in a skipped hour is 03:30.
   */
  instant(time: LocalTime): number {
    const asUtc = utc(time);
    // Offsets change at most a few times a year, so one of the offsets a day before and a day after applies.
    const before = this.offset(asUtc - DAY_MS);
    const after = this.offset(asUtc + DAY_MS);
    const candidates = [asUtc - before, asUtc - after].sort((a, b) => a - b);
    return candidates.find((instant) => utc(this.local(instant)) === asUtc) ?? asUtc - before;
  }

  /** The first instant of the day; where the clocks skip midnight, the end of the gap. */
  startOfDay({ year, month, day }: LocalDate): number {
    return this.instant({ year, month, day, hour: 0, minute: 0, second: 0 });
  }

  startOfDayOf(instant: number): number {
    return this.startOfDay(this.local(instant));
  }

  /** Start of the day that follows the day starting at `start`. */
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

/** The instant at which UTC clocks show this time. Date.UTC would read the years 0 to 99 as 1900 to 1999. */
function utc(time: LocalTime): number {
  const date = new Date(0);
  date.setUTCFullYear(time.year, time.month - 1, time.day);
  return date.setUTCHours(time.hour, time.minute, time.second, 0);
}
