import { ProcessFaults } from './app/process-faults';
import { processLogger } from './app/process-logger';
import { startApp, type App } from './app/start';
import { parseConfig } from './config/config';
import { StartupError } from './domain/startup-error';

/** Below the grace period of supervisors, which is 15 s or more. The next start continues what a stop leaves undone. */
const STOP_MS = 14_000;

/** Ends a failed start, at every log level with one line and without a stack. */
function refuse(error: unknown): never {
  const line =
    error instanceof StartupError ? error.message : `cannot start: ${error instanceof Error ? error.message : String(error)}`;
  process.stderr.write(`jungle-buzz: ${line.replaceAll('\n', ' ')}\n`);
  process.exit(1);
}

async function main(): Promise<void> {
  const config = parseConfig(process.env);
  const logger = processLogger(config.LOG_LEVEL);
  const running: { app?: App } = {};
  const stop = (exitCode: number): void => {
    setTimeout(() => {
      logger.error({}, 'the stop exceeds its time limit and is cut short; messages that are not stored yet stay in the log');
      process.exit(1);
    }, STOP_MS).unref();
    // Idempotent: a second signal waits for the same end.
    void running.app?.stop().then(() => process.exit(exitCode));
  };
  const faults = new ProcessFaults({
    source: process,
    logger,
    onFirst: (error) => {
      if (running.app) stop(1);
      else refuse(error);
    },
  });
  const app = await startApp(config, logger, { faults: faults.counts });
  running.app = app;
  logger.info({ ...app.urls, nextLetter: app.nextLetter }, 'Jungle Buzz is open');

  const onSignal = (signal: NodeJS.Signals): void => {
    logger.info({ signal }, 'stopping');
    stop(0);
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}

main().catch(refuse);
