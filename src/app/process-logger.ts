import { pino, type DestinationStream } from 'pino';
import type { Config } from '../config/config';
import type { Logger } from '../ports/logger';

/** Fields that are never written, at the top of a log line and up to two levels below. */
const SECRET_FIELDS = [
  ...['password', 'passwordHash', 'currentPassword', 'newPassword', 'token', 'accessToken', 'refreshToken'],
  ...['authorization', 'email', 'emailKey', 'text', 'letter', 'secret'],
];

const MAX_CAUSES = 5;

/** Removes secrets that drivers put into their messages: keys of duplicates, credentials in addresses, tokens and e-mail addresses. */
const scrub = (text: string): string =>
  text
    .replace(/dup key: \{[^}]*\}/g, 'dup key')
    .replace(/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, '[token]')
    .replace(/([?&]token=)[^\s&"'<>]+/g, '$1[hidden]')
    .replace(/(\w+:\/\/)[^\s/@]*@/g, '$1')
    .replace(/[^\s@<>"'(),:;]{1,64}@[^\s@<>"'(),:;]+\.[^\s@<>"'(),:;]+/g, '[e-mail]');

/** Only the properties of an error that show its origin. Others may contain the data of a failed write, such as a message's text. */
function errorLine(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return typeof error === 'string' ? scrub(error) : `[${typeof error}]`;
  const { code } = error as { code?: unknown };
  return {
    type: error.name,
    message: scrub(error.message),
    ...((typeof code === 'string' || typeof code === 'number') && { code }),
    stack: scrub(error.stack ?? ''),
    ...(error.cause !== undefined && depth < MAX_CAUSES && { cause: errorLine(error.cause, depth + 1) }),
  };
}

/** Lines of JSON on standard output, without secrets. */
export const processLogger = (level: Config['LOG_LEVEL'], destination?: DestinationStream): Logger =>
  pino(
    {
      level,
      redact: { paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]), censor: '[hidden]' },
      serializers: { err: (error: unknown) => errorLine(error), error: (error: unknown) => errorLine(error) },
    },
    ...(destination ? [destination] : []),
  );
