import { addDays, Zone } from '../util/zone';

/** Local hours. */
const NIGHT_BEGINS = 22;
const NIGHT_ENDS = 7;

/** The local times at which nobody is notified, and the local day. */
export class QuietHours {
  private readonly zone: Zone;

  constructor(timeZone: string) {
    this.zone = new Zone(timeZone);
  }

  /** @returns the given time by day, otherwise the end of the night; milliseconds since 1970 */
  nextTime(at: number): number {
    const local = this.zone.local(at);
    if (local.hour >= NIGHT_ENDS && local.hour < NIGHT_BEGINS) return at;
    const date = local.hour < NIGHT_ENDS ? local : addDays(local, 1);
    return this.zone.instant({ ...date, hour: NIGHT_ENDS, minute: 0, second: 0 });
  }

  /** The same text for all times of one local day. */
  day(at: number): string {
    const { year, month, day } = this.zone.local(at);
    return `${year}-${month}-${day}`;
  }
}
