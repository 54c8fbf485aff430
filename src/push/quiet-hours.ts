const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** Local hours. */
const NIGHT_BEGINS = 22;
const NIGHT_ENDS = 7;

/** The local times at which nobody is notified, and the local day. */
export class QuietHours {
  private readonly format: Intl.DateTimeFormat;

  constructor(timeZone: string) {
    const numeric = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const;
    this.format = new Intl.DateTimeFormat('en-CA', { timeZone, hourCycle: 'h23', ...numeric });
  }

  /** @returns the given time by day, otherwise the first full minute after the night; milliseconds since 1970 */
  nextTime(at: number): number {
    let time = at;
    while (this.isNight(time)) time += HOUR_MS - this.local(time).minute * MINUTE_MS - (time % MINUTE_MS);
    return time;
  }

  /** YYYY-MM-DD. */
  day(at: number): string {
    return this.local(at).day;
  }

  private isNight(at: number): boolean {
    const { hour } = this.local(at);
    return hour >= NIGHT_BEGINS || hour < NIGHT_ENDS;
  }

  private local(at: number): { readonly day: string; readonly hour: number; readonly minute: number } {
    const parts = new Map(this.format.formatToParts(at).map(({ type, value }) => [type, value]));
    const part = (name: Intl.DateTimeFormatPartTypes): string => parts.get(name) ?? '';
    return { day: `${part('year')}-${part('month')}-${part('day')}`, hour: Number(part('hour')), minute: Number(part('minute')) };
  }
}
