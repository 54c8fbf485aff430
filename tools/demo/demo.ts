import { setMaxListeners } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApp } from '../../src/app/start';
import { parseConfig } from '../../src/config/config';
import { silentLogger } from '../../src/ports/logger';
import { fillWorld, HISTORY_START, live, MovableClock } from './world';

/** Starts a server on a temporary folder with twenty simulated people. Ctrl-C stops it and removes the folder. */
async function demo(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'jungle-buzz-demo-'));
  // PORT, WS_PORT and HOST are honoured; other settings are fixed, so that the demo stays on this machine.
  const { PORT, WS_PORT, HOST = '127.0.0.1' } = process.env;
  const config = parseConfig({
    HOST,
    ...(PORT !== undefined && { PORT }),
    ...(WS_PORT !== undefined && { WS_PORT }),
    DATA_DIR: folder,
    BCRYPT_COST: '4',
    JWT_EXPIRES_IN: '30d',
    RATE_LIMITS: 'off',
    ADMINS: 'admin',
  });
  const clock = new MovableClock();
  // Before the start, because the schedule of letters begins with the first start.
  clock.moveTo(HISTORY_START);
  const app = await startApp(config, silentLogger, { clock });
  const stop = new AbortController();
  // Every simulated person listens to the signal.
  setMaxListeners(0, stop.signal);
  process.once('SIGINT', () => stop.abort());
  process.once('SIGTERM', () => stop.abort());
  try {
    process.stdout.write('Twenty people are writing five days of notes ...\n');
    const people = await fillWorld(app, clock, Math.random);
    process.stdout.write(
      `\nOpen ${new URL(app.urls.http).origin} - everybody is simulated, and nothing is kept.\n` +
        'Sign up as "admin" to run the analysis by hand. Press Ctrl-C to stop.\n',
    );
    await Promise.all(people.map((person, i) => live(person, i, Math.random, stop.signal)));
  } finally {
    await app.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

demo().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
