import { StartupError } from '../domain/startup-error';
import { Refused, SAME_ORIGIN } from './parsers';
import { SETTINGS, type Setting } from './settings';

type Values = { readonly [K in keyof typeof SETTINGS]: (typeof SETTINGS)[K] extends Setting<infer T> ? T : never };

export interface Config extends Readonly<Values> {
  readonly INTROSPECTION: boolean;
  readonly IDE: boolean;
  readonly GUESTS: boolean;
}

const MIN_SECRET_BYTES = 32;
const ROLE_COUNT = 3;

/** @throws StartupError with one line that names the variable and does not contain its value, which may be a secret */
export function parseConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const values: Record<string, unknown> = {};
  for (const [name, { parse, fallback }] of Object.entries<Setting<unknown>>(SETTINGS)) {
    const raw = env[name]?.trim() || fallback;
    const value = raw === undefined ? undefined : parse(raw);
    if (value instanceof Refused) throw new StartupError(`${name} must be ${value.mustBe}.`);
    values[name] = value;
  }
  const config = values as unknown as Values;
  checkTogether(config);
  const open = config.NODE_ENV !== 'production';
  return Object.freeze({
    ...config,
    INTROSPECTION: config.INTROSPECTION ?? open,
    IDE: config.IDE ?? open,
    GUESTS: config.GUESTS ?? open,
  });
}

/** Rules about several settings at once. */
function checkTogether(config: Values): void {
  const stop = (line: string): never => {
    throw new StartupError(line);
  };
  const production = config.NODE_ENV === 'production';
  if (config.REDIS_URL && !config.MONGODB_URI)
    stop('MONGODB_URI is missing. The clustered engine needs REDIS_URL and MONGODB_URI; unset both for the embedded engine.');
  if (config.MONGODB_URI && !config.REDIS_URL)
    stop('REDIS_URL is missing. The clustered engine needs REDIS_URL and MONGODB_URI; unset both for the embedded engine.');
  if (config.ROLES.length === 0) stop('ROLES must name at least one of api, live, worker.');
  if (!config.REDIS_URL && new Set(config.ROLES).size < ROLE_COUNT)
    stop(
      'ROLES must be unset or api,live,worker with the embedded engine, which is one process. Set REDIS_URL and MONGODB_URI to divide the roles.',
    );
  for (const name of ['JWT_SECRET', 'JWT_SECRET_PREVIOUS'] as const) {
    const secret = config[name];
    if (secret !== undefined && Buffer.byteLength(secret) < MIN_SECRET_BYTES)
      stop(`${name} must be at least ${MIN_SECRET_BYTES} bytes long.`);
  }
  if (!config.JWT_SECRET && (production || config.REDIS_URL)) {
    stop(
      `JWT_SECRET is missing. Set it to at least ${MIN_SECRET_BYTES} random bytes, for example the output of: openssl rand -base64 48`,
    );
  }
  if (config.SMTP_URL && (!config.PUBLIC_URL || config.PUBLIC_URL === SAME_ORIGIN)) {
    stop(
      'SMTP_URL needs PUBLIC_URL with the address of the page, such as https://wall.example.org: a link in a mail must not depend on the host that a request names.',
    );
  }
  if ((config.OPENAI_PRICE_INPUT === undefined) !== (config.OPENAI_PRICE_OUTPUT === undefined)) {
    stop('OPENAI_PRICE_INPUT and OPENAI_PRICE_OUTPUT must be set together.');
  }
  if (production && !config.RATE_LIMITS) stop('RATE_LIMITS=off is refused with NODE_ENV=production. Remove it, or set it to on.');
  if (production && config.BCRYPT_COST < 10) stop('BCRYPT_COST must be 10 or more with NODE_ENV=production.');
}
