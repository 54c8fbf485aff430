import { startApp } from './app/start';
import { parseConfig } from './config/config';
import { StartupError } from './domain/startup-error';
import { processLogger } from './app/process-logger';

/** Below the grace that supervisors give. What a stop leaves undone is made up for by the next start. */
const STOP_MS = 14_000;

/** What a refusal to start looks like at every log level: one line, no stack. */
function refuse(error: unknown): never {
  const line =
    error instanceof StartupError ? error.message : `cannot start: ${error instanceof Error ? error.message : String(error)}`;
  process.stderr.write(`jungle-buzz: ${line.replaceAll('\n', ' ')}\n`);
  process.exit(1);
}

async function main(): Promise<void> {
  const config = parseConfig(process.env);
  const logger = processLogger(config.LOG_LEVEL);
  const app = await startApp(config, logger);
  logger.info({ ...app.urls }, 'Jungle Buzz is open');

  const stop = (signal: NodeJS.Signals) => {
    logger.info({ signal }, 'stopping');
    setTimeout(() => {
      logger.error({}, 'the stop takes too long and is cut short; what is not stored is in the log');
      process.exit(1);
    }, STOP_MS).unref();
    // A second signal finds the stop under way and waits for the same end.
    void app.stop().then(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

main().catch(refuse);
