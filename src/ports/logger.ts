/**
 * Structured log, a subset of pino's interface. Levels: `error` if a person has to act, `warn` if it heals by itself, `info` for
 * start, stop and other milestones. Message texts, tokens, passwords and e-mail addresses are never logged.
 */
export interface Logger {
  error(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  info(fields: object, message: string): void;
  debug(fields: object, message: string): void;
  child(fields: object): Logger;
}

export const silentLogger: Logger = {
  error: () => undefined,
  warn: () => undefined,
  info: () => undefined,
  debug: () => undefined,
  child: () => silentLogger,
};
