/** Sizes and durations. QUICK=1 only checks that everything works; its figures mean nothing. */
const QUICK = process.env['QUICK'] === '1';
const setting = (name: string, full: number, quick: number): number => Number(process.env[name] ?? (QUICK ? quick : full));

export const RUNS = setting('RUNS', 3, 1);
/** Seconds of each steady load, after a warm-up of the same length, and of each step of the ramp. */
export const SECONDS = setting('SECONDS', 10, 1);
export const IDLE_SOCKETS = setting('IDLE_SOCKETS', 10_000, 500);
/** Sockets that reconnect at once: this many miss 50 messages, a tenth of them 500. */
export const RETURNING_SOCKETS = setting('RETURNING_SOCKETS', 10_000, 1_000);
export const STALL_SECONDS = setting('STALL_SECONDS', 30, 5);
export const CHURN_SECONDS = setting('CHURN_SECONDS', 300, 5);
export const SERVERS = process.env['SERVERS']?.split(',');

const NAMES = ['QUICK', 'RUNS', 'SECONDS', 'IDLE_SOCKETS', 'RETURNING_SOCKETS', 'STALL_SECONDS', 'CHURN_SECONDS', 'SERVERS'];

/** Settings from the environment, printed beside the figures. */
export const changedSettings = (): string[] =>
  NAMES.flatMap((name) => (process.env[name] ? [`${name}=${process.env[name]}`] : []));
