import { usernameKey } from '../domain/user';
import {
  duration,
  httpUrl,
  integer,
  list,
  mongoUrl,
  number,
  oneOf,
  onOff,
  origin,
  proxies,
  rate,
  redisUrl,
  Refused,
  text,
  timeZone,
  wsUrl,
  type Parser,
} from './parsers';
import { StartupError } from '../domain/startup-error';

interface Setting<T> {
  readonly parse: Parser<T>;
  /** Text that stands for an unset variable; undefined: the setting is then undefined. */
  readonly fallback: string | undefined;
  readonly about: string;
}

const optional = <T>(parse: Parser<T>, about: string): Setting<T | undefined> => ({ parse, fallback: undefined, about });
const setting = <T>(fallback: string, parse: Parser<T>, about: string): Setting<T> => ({ parse, fallback, about });

const username: Parser<string> = (raw) => usernameKey(raw);

/** Every setting there is. README's table and .env.example are generated from here (`npm run docs:settings`). */
export const SETTINGS = {
  NODE_ENV: setting(
    'development',
    oneOf('development', 'test', 'production'),
    '`production` refuses what is only fit for trying out.',
  ),
  PORT: setting('4000', integer(0, 65535), 'Port of GraphQL over HTTP and the page.'),
  WS_PORT: setting('4001', integer(0, 65535), 'Port of the subscriptions; equal to PORT serves both on one.'),
  HOST: setting('0.0.0.0', text, 'Address to listen on.'),
  DATA_DIR: setting('./data', text, 'Folder of the embedded engine.'),
  ROLES: setting(
    'api,live,worker',
    list(oneOf('api', 'live', 'worker')),
    'What this process does; the embedded engine is one process with all three.',
  ),
  REDIS_URL: optional(redisUrl, 'Redis of the clustered engine; needs MONGODB_URI too.'),
  MONGODB_URI: optional(mongoUrl, 'MongoDB of the clustered engine; needs REDIS_URL too.'),
  PUBLIC_URL: optional(httpUrl, 'Where people reach the page, if not at the address they ask for.'),
  PUBLIC_WS_URL: optional(wsUrl, 'Where they reach the subscriptions; default: the same host with WS_PORT.'),
  CORS_ORIGINS: setting(
    '',
    list(origin),
    'Origins of other pages that may use the API; the own one always may. Empty: any may, outside production.',
  ),
  HEADERS_TIMEOUT: setting('10s', duration, 'Time for a client to send the headers of a request,'),
  REQUEST_TIMEOUT: setting('30s', duration, 'and for the whole of it.'),
  TRUST_PROXY: setting(
    '0',
    proxies,
    'Proxies in front whose X-Forwarded-For is taken: how many in a row, or their addresses and networks (10.0.0.0/8, loopback).',
  ),
  JWT_SECRET: optional(text, 'Signs the tokens, 32 bytes or more. Unset, outside production: made once and kept in DATA_DIR.'),
  JWT_SECRET_PREVIOUS: optional(text, 'The secret before, still accepted: for replacing JWT_SECRET without ending log-ins.'),
  JWT_EXPIRES_IN: setting('1h', duration, 'Life of an access token.'),
  REFRESH_EXPIRES_IN: setting('30d', duration, 'Life of a log-in that is not used.'),
  BCRYPT_COST: setting('12', integer(4, 15), 'Cost of password hashing; at least 10 in production.'),
  ADMINS: setting('', list(username), 'Usernames that may run an analysis by hand, and all that moderators may.'),
  MODERATORS: setting('', list(username), 'Usernames that see reports, hide messages, mute and set rooms. Register them first.'),
  DELETED_ACCOUNT_TEXTS: setting(
    'erase',
    oneOf('erase', 'keep'),
    'What becomes of the messages of a deleted account: their texts go, or stay without their author.',
  ),
  RETENTION_DAYS: setting('0', integer(0, 36_500), 'Texts are erased after so many days; 0: never.'),
  FLUSH_MAX_MESSAGES: setting('1000', integer(1, 10_000), 'A batch is written when so many messages wait,'),
  FLUSH_INTERVAL_MS: setting('2000', integer(0, 60_000), 'or when the oldest has waited so long.'),
  LOG_RETAIN: setting('10000', integer(0, 10_000_000), 'Stored messages that the log keeps for replay.'),
  LOG_MAX_BACKLOG: setting('100000', integer(1, 10_000_000), 'Messages the log takes while the store is away.'),
  IDEMPOTENCY_WINDOW: setting('24h', duration, 'How long a message that left the log is recognised when sent again (clustered).'),
  REPLAY_MAX: setting('10000', integer(1, 1_000_000), 'Longest gap, in messages, that newChat(after:) fills.'),
  ROOMS_MAX: setting('1000', integer(1, 100_000), 'How many rooms there may be.'),
  INSIGHT_CRON: setting('50 9 * * *', text, 'When the letter is written: cron, five or six fields.'),
  INSIGHT_TZ: setting('Asia/Seoul', timeZone, 'Time zone of INSIGHT_CRON, of days and of aliases.'),
  INSIGHT_CATCH_UP: setting('7', integer(0, 366), 'Missed windows that are made up for.'),
  INSIGHT_LOCALE: optional(oneOf('ko', 'en'), 'Language of the letter; unset: the one the room writes in.'),
  RATE_SEND_PER_USER: setting(
    '10/1s+1000/10m',
    rate,
    'Messages of one account; `10/1s+1000/10m` is ten a second and 1,000 more in 10 minutes.',
  ),
  RATE_SEND_PER_ADDRESS: setting('100/1s+10000/10m', rate, 'Messages from one address.'),
  RATE_SAME_TEXT: setting('20/1m', rate, 'The same text by one account in one room.'),
  RATE_ROOMS_PER_USER: setting('50/1h', rate, 'Rooms made by one account.'),
  RATE_REPORTS_PER_USER: setting('30/1h', rate, 'Messages reported by one account.'),
  RATE_TYPING_PER_USER: setting('10/1s', rate, 'Calls of setTyping by one account.'),
  RATE_LOGIN_PER_ADDRESS: setting('60/1m+600/1h', rate, 'Log-ins tried from one address.'),
  RATE_LOGIN_FREE_TRIES: setting(
    '20',
    integer(1, 1_000),
    'Wrong passwords for one account from one address before tries must wait,',
  ),
  RATE_LOGIN_MAX_DELAY: setting('15m', duration, 'from one second, doubled with each try, up to this.'),
  RATE_REGISTER_PER_ADDRESS: setting('10/1m+300/1h', rate, 'Accounts made from one address.'),
  RATE_USERNAMES_PER_ADDRESS: setting('120/1m', rate, 'Names looked up from one address.'),
  RATE_REFRESH_PER_ADDRESS: setting('300/1m', rate, 'Tokens refreshed from one address.'),
  RATE_CONNECTS_PER_ADDRESS: setting('100/1s+5000/10m', rate, 'Sockets opened from one address.'),
  RATE_SUBSCRIBES_PER_SOCKET: setting('50/1s+500/10m', rate, 'Subscriptions begun on one socket.'),
  RATE_MESSAGES_PER_SOCKET: setting('100/1s+1000/1m', rate, 'Messages and pings that one socket sends; above it is closed.'),
  RATE_SOCKETS_PER_ADDRESS: setting('1000', integer(1, 1_000_000), 'Open sockets of one address.'),
  RATE_SOCKETS_UNINITIALISED: setting(
    '5000',
    integer(1, 1_000_000),
    'Open sockets that have said nothing yet; above it the oldest is closed.',
  ),
  RATE_SOCKETS_PER_USER: setting('50', integer(1, 1_000_000), 'Open sockets of one account.'),
  INSIGHT_DAILY_COST_LIMIT: setting(
    '1',
    number(0, 10_000),
    'US dollars a day that letters by a model may cost; 0: none is asked.',
  ),
  INSIGHT_TOKEN_BUDGET: setting('12000', integer(500, 200_000), 'Tokens of messages that a model reads for one letter.'),
  OPENAI_API_KEY: optional(text, 'With it, a model writes the letter; without it, the local analyser does.'),
  OPENAI_BASE_URL: setting('https://api.openai.com/v1', httpUrl, 'Any server that speaks the same API.'),
  OPENAI_MODEL: setting('gpt-4o-mini', text, 'Model that writes the letter.'),
  OPENAI_FALLBACK_MODEL: optional(text, 'Model that is asked when the first gives no letter.'),
  OPENAI_TEMPERATURE: optional(number(0, 2), 'Sent only if set: newer models refuse it.'),
  OPENAI_REASONING_EFFORT: optional(
    oneOf('none', 'minimal', 'low', 'medium', 'high', 'xhigh'),
    'Sent only if set: older models refuse it.',
  ),
  OPENAI_TIMEOUT_MS: setting('60000', integer(100, 600_000), 'Time for one answer of a model.'),
  OPENAI_PRICE_INPUT: optional(
    number(0, 10_000),
    'US dollars for a million tokens read, with OPENAI_PRICE_OUTPUT; default: by the model.',
  ),
  OPENAI_PRICE_OUTPUT: optional(number(0, 10_000), 'US dollars for a million tokens written.'),
  RATE_LIMITS: setting('on', onOff, '`off` lifts all RATE_ settings for load tests; refused in production.'),
  INTROSPECTION: optional(onOff, 'Schema introspection; default: on outside production.'),
  PERSISTED_DOCUMENTS: optional(text, 'JSON file of documents by hash; with it, only these are executed.'),
  IDE: optional(onOff, 'GraphiQL and Apollo Sandbox pages; default: on outside production.'),
  METRICS_TOKEN: optional(text, 'Who asks for /metrics must send it as a Bearer token; unset: anybody may ask.'),
  LOG_LEVEL: setting('info', oneOf('debug', 'info', 'warn', 'error', 'silent'), 'Least severe log line that is written.'),
} satisfies Record<string, Setting<unknown>>;

type Values = { readonly [K in keyof typeof SETTINGS]: (typeof SETTINGS)[K] extends Setting<infer T> ? T : never };

export interface Config extends Readonly<Values> {
  readonly INTROSPECTION: boolean;
  readonly IDE: boolean;
}

const MIN_SECRET_BYTES = 32;
const ALL_ROLES = 3;

/**
 * @throws StartupError with one line that names the variable and never repeats its value
 */
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
  return Object.freeze({ ...config, INTROSPECTION: config.INTROSPECTION ?? open, IDE: config.IDE ?? open });
}

function checkTogether(config: Values): void {
  const stop = (line: string): never => {
    throw new StartupError(line);
  };
  const production = config.NODE_ENV === 'production';
  if (config.REDIS_URL && !config.MONGODB_URI)
    stop('MONGODB_URI is missing: the clustered engine needs REDIS_URL and MONGODB_URI.');
  if (config.MONGODB_URI && !config.REDIS_URL)
    stop('REDIS_URL is missing: the clustered engine needs REDIS_URL and MONGODB_URI.');
  if (config.ROLES.length === 0) stop('ROLES must name at least one of api, live, worker.');
  if (!config.REDIS_URL && new Set(config.ROLES).size < ALL_ROLES)
    stop('ROLES must be api,live,worker, or unset, without REDIS_URL and MONGODB_URI: the embedded engine is one process.');
  for (const name of ['JWT_SECRET', 'JWT_SECRET_PREVIOUS'] as const) {
    const secret = config[name];
    if (secret !== undefined && Buffer.byteLength(secret) < MIN_SECRET_BYTES)
      stop(`${name} must be ${MIN_SECRET_BYTES} bytes or longer.`);
  }
  if (!config.JWT_SECRET && (production || config.REDIS_URL)) {
    stop(`JWT_SECRET is missing: set it to ${MIN_SECRET_BYTES} random bytes or more, for example from: openssl rand -base64 48`);
  }
  if ((config.OPENAI_PRICE_INPUT === undefined) !== (config.OPENAI_PRICE_OUTPUT === undefined)) {
    stop('OPENAI_PRICE_INPUT and OPENAI_PRICE_OUTPUT must be set together.');
  }
  if (production && !config.RATE_LIMITS) stop('RATE_LIMITS=off is refused with NODE_ENV=production.');
  if (production && config.BCRYPT_COST < 10) stop('BCRYPT_COST must be 10 or more with NODE_ENV=production.');
}
