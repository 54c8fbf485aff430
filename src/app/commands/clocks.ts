import type { Config } from '../../config/config';
import { systemClock } from '../../ports/clock';
import { withDeadline } from '../../util/deadline';
import { bad, ok, warn, type Finding } from './finding';

/** Older than this program: a clock that shows an earlier time was never set. */
const CLOCK_FLOOR = Date.UTC(2026, 0, 1);
const SKEW_WARN_MS = 2_000;
/** The Date header has whole seconds. */
const DATE_HEADER_MS = 1_000;
const PROXY_MS = 3_000;

export function ownClock(): Finding {
  const now = systemClock.now();
  return now < CLOCK_FLOOR
    ? bad('clock', `shows ${new Date(now).toISOString()}: set it, or tokens and the windows of letters are wrong.`)
    : ok('clock', new Date(now).toISOString());
}

/** @param theirs time of the other clock, in milliseconds since 1970 */
export function compareClock(about: string, theirs: number, toleranceMs = SKEW_WARN_MS): Finding {
  const aheadMs = theirs - systemClock.now();
  if (Math.abs(aheadMs) <= toleranceMs) return ok(about, 'agrees with this machine');
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  const direction = aheadMs > 0 ? 'ahead of' : 'behind';
  return warn(about, `is ${seconds} s ${direction} this machine's: synchronize both with one time server.`);
}

/** Compares with the Date header of the proxy at PUBLIC_URL. No finding if the proxy is not reachable from here. */
export async function proxyClock({ PUBLIC_URL }: Config): Promise<Finding[]> {
  if (PUBLIC_URL === undefined) return [];
  try {
    const request = fetch(PUBLIC_URL, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(PROXY_MS) });
    // fetch of Node 20 never settles if the connection is closed at once, and its signal does not keep the process alive.
    const { headers } = await withDeadline(request, PROXY_MS);
    const date = Date.parse(headers.get('date') ?? '');
    return Number.isNaN(date) ? [] : [compareClock('proxy clock', date + DATE_HEADER_MS / 2, SKEW_WARN_MS + DATE_HEADER_MS)];
  } catch {
    return [];
  }
}
