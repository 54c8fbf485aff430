import { setMaxListeners } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApp } from '../../src/app/start';
import { parseConfig } from '../../src/config/config';
import { silentLogger } from '../../src/ports/logger';
import { fillWorld, HISTORY_START, live, MovableClock } from './world';

/** A living wall to look at: an empty temporary folder, and twenty simulated people. Ctrl-C ends it and removes the folder. */
async function demo(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'jungle-buzz-demo-'));
  // What PORT, WS_PORT and HOST say counts; what would reach further than this machine does not.
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
  // Before anything is opened: a schedule begins with the first start.
  clock.moveTo(HISTORY_START);
  const app = await startApp(config, silentLogger, { clock });
  const stop = new AbortController();
  // Each of the people waits for it.
  setMaxListeners(0, stop.signal);
  process.once('SIGINT', () => stop.abort());
  process.once('SIGTERM', () => stop.abort());
  try {
    process.stdout.write('Twenty people are writing five days of notes ...\n');
    const people = await fillWorld(app, clock, Math.random);
    process.stdout.write(
      `\nOpen ${new URL(app.urls.http).origin} - everybody on it is simulated, and nothing is kept.\n` +
        'Sign up as "admin" to be able to write a letter by hand. Ctrl-C ends it.\n',
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
