import { pino, type DestinationStream } from 'pino';
import type { Config } from '../config/config';
import type { Logger } from '../ports/logger';

/** Nobody logs these on purpose; should it happen, they are not written. One and two levels down. */
const SECRET_FIELDS = [
  ...['password', 'passwordHash', 'currentPassword', 'newPassword', 'token', 'accessToken', 'refreshToken'],
  ...['authorization', 'email', 'emailKey', 'text', 'letter', 'secret'],
];

const MAX_CAUSES = 5;

/** What drivers put into their messages: keys of duplicates, credentials of addresses, and whatever looks like a secret. */
const scrub = (text: string): string =>
  text
    .replace(/dup key: \{[^}]*\}/g, 'dup key')
    .replace(/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, '[token]')
    .replace(/(\w+:\/\/)[^\s/@]*@/g, '$1')
    .replace(/[^\s@<>"'(),:;]{1,64}@[^\s@<>"'(),:;]+\.[^\s@<>"'(),:;]+/g, '[e-mail]');

/** Of an error only what tells where it comes from: other properties hold what was to be written, such as a message's text. */
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
