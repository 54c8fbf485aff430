import { usernameKey } from '../domain/user';
import {
  contact,
  duration,
  hostName,
  httpUrl,
  integer,
  list,
  mailSender,
  mongoUrl,
  number,
  oneOf,
  onOff,
  origin,
  proxies,
  publicUrl,
  pushHost,
  rate,
  redisUrls,
  smtpUrl,
  text,
  timeZone,
  wsUrl,
  type Parser,
} from './parsers';

export interface Setting<T> {
  readonly parse: Parser<T>;
  /** Used when the variable is unset or blank. Without one the value is undefined. */
  readonly fallback: string | undefined;
  /** Description for operators: complete sentences with the unit and the meaning of the default. */
  readonly about: string;
}

const optional = <T>(parse: Parser<T>, about: string): Setting<T | undefined> => ({ parse, fallback: undefined, about });
const setting = <T>(fallback: string, parse: Parser<T>, about: string): Setting<T> => ({ parse, fallback, about });

const username: Parser<string> = (raw) => usernameKey(raw);

/** All settings. `npm run docs:settings` writes README's table and .env.example from this list. */
export const SETTINGS = {
  NODE_ENV: setting(
    'development',
    oneOf('development', 'test', 'production'),
    'Mode of the installation. `production` requires JWT_SECRET, refuses RATE_LIMITS=off and a BCRYPT_COST below 10, and changes the defaults of CORS_ORIGINS, INTROSPECTION and IDE.',
  ),
  PORT: setting(
    '4000',
    integer(0, 65535),
    'TCP port of the web page, queries, mutations and health checks. 0: the system chooses a free port.',
  ),
  WS_PORT: setting(
    '4001',
    integer(0, 65535),
    'TCP port of subscriptions (WebSocket and server-sent events). The value of PORT serves everything on one port. 0: the system chooses a free port.',
  ),
  HOST: setting(
    '0.0.0.0',
    text,
    'IP address or host name to listen on. `0.0.0.0` listens on every IPv4 interface, `127.0.0.1` on this machine only.',
  ),
  DATA_DIR: setting('./data', text, 'Folder in which the embedded engine stores all its data.'),
  ROLES: setting(
    'api,live,worker',
    list(oneOf('api', 'live', 'worker')),
    'Comma-separated roles of this process: `api` serves the page, queries and mutations, `live` serves subscriptions, `worker` writes batches and runs scheduled jobs. The embedded engine needs all three in one process.',
  ),
  REDIS_URL: optional(
    redisUrls,
    'URL of Redis for the clustered engine; requires MONGODB_URI. Both unset: the embedded engine. Several URLs with commas between spread the partitions of the log over several Redis servers; their number and order stay as they are at the first start.',
  ),
  MONGODB_URI: optional(
    mongoUrl,
    'URI of MongoDB for the clustered engine; requires REDIS_URL. Both unset: the embedded engine.',
  ),
  PUBLIC_URL: optional(
    publicUrl,
    'URL under which browsers reach the page and the API; it has no path. `same-origin` makes the page find API and subscriptions at the address under which it was opened; this needs a proxy that serves both, or WS_PORT equal to PORT. Unset: `http://` and the host that the request names.',
  ),
  PUBLIC_WS_URL: optional(
    wsUrl,
    'URL under which browsers reach the subscriptions. Unset: the address of the page if PUBLIC_URL is `same-origin`, otherwise `ws://`, the host that the request names, and WS_PORT.',
  ),
  ALLOWED_HOSTS: setting(
    '',
    list(hostName),
    'Comma-separated host names under which the server may be opened in production with PUBLIC_URL=same-origin, for example `wall.lan`. IP addresses, `localhost` and the hosts of CORS_ORIGINS are always allowed. Requests for other names are refused, because a foreign page could otherwise reach the server by DNS rebinding.',
  ),
  CORS_ORIGINS: setting(
    '',
    list(origin),
    'Comma-separated origins of other web pages that may use the API, for example `https://app.example.org`. The own page always may. Empty: in production no other page, otherwise every page.',
  ),
  EMBED_ORIGINS: setting(
    '',
    list(origin),
    'Comma-separated origins of web pages that may show a public room in a frame (`/embed/ROOM`), for example `https://blog.example.org`. Empty: none.',
  ),
  HEADERS_TIMEOUT: setting('10s', duration, 'Longest time that a client may take to send the headers of a request.'),
  REQUEST_TIMEOUT: setting('30s', duration, 'Longest time that a client may take to send a whole request, headers included.'),
  TRUST_PROXY: setting(
    '0',
    proxies,
    'Reverse proxies whose X-Forwarded-For header is believed: the number of proxies in a row in front of this server, or a comma-separated list of their addresses and networks (`10.0.0.0/8`, `loopback`). 0: the header is ignored.',
  ),
  JWT_SECRET: optional(
    text,
    'Key that signs tokens; at least 32 bytes. Required in production and by the clustered engine. Otherwise unset means that a key is generated once and kept in DATA_DIR.',
  ),
  JWT_SECRET_PREVIOUS: optional(
    text,
    'Former value of JWT_SECRET. Tokens signed with it stay valid, so that JWT_SECRET can be replaced without ending sessions.',
  ),
  JWT_EXPIRES_IN: setting('1h', duration, 'Lifetime of an access token.'),
  REFRESH_EXPIRES_IN: setting('30d', duration, 'Time after which a session ends unless a client refreshes it.'),
  BCRYPT_COST: setting(
    '12',
    integer(4, 15),
    'Cost factor of password hashing; each step doubles the time of a login. At least 10 in production.',
  ),
  ADMINS: setting(
    '',
    list(username),
    'Comma-separated usernames of administrators, who may run an analysis by hand and do everything that moderators may. Register these accounts before others can.',
  ),
  MODERATORS: setting(
    '',
    list(username),
    'Comma-separated usernames of moderators, who may read reports, hide messages, mute authors and change rooms. Register these accounts before others can.',
  ),
  SMTP_URL: optional(
    smtpUrl,
    'URL of the mail server that sends links for forgotten passwords: `smtps://user:password@mail.example.org`, or `smtp://` for STARTTLS. A password is never sent without TLS. Requires PUBLIC_URL with an address. Unset: no mail is sent, and administrators make the links.',
  ),
  MAIL_FROM: optional(
    mailSender,
    'Sender of mails: an address, or a name with the address in angle brackets. Unset: `no-reply@` and the host of PUBLIC_URL.',
  ),
  PUSH_CONTACT: optional(
    contact,
    'How the push services of browsers can reach the operator: `mailto:` and an e-mail address, or an `https:` URL. Set: people can be notified of letters. Unset: no notifications.',
  ),
  PUSH_HOSTS: setting(
    'fcm.googleapis.com,updates.push.services.mozilla.com,*.push.apple.com,*.notify.windows.com',
    list(pushHost),
    'Comma-separated hosts of push services that may be contacted; `*.` in front stands for all hosts below. The server connects to public addresses only, except that outside production an entry with a port, such as `localhost:8443`, may be private. The default: the services of Chrome, Firefox, Safari and Edge.',
  ),
  RATE_PUSH_PER_USER: setting('30/1h', rate, 'Calls of subscribePush by one account.'),
  FEELING_WINDOW: setting('10m', duration, 'Time after sending a message during which its author may change what it feels.'),
  GUESTS: optional(
    onOff,
    '`on` lets people write without signing up, under a random name. Unset: `off` in production, otherwise `on`.',
  ),
  GUEST_DAYS: setting(
    '30',
    integer(1, 3_650),
    'Days without a message after which the account of a guest without an open session is deleted. Its messages stay without their author.',
  ),
  DELETED_ACCOUNT_TEXTS: setting(
    'erase',
    oneOf('erase', 'keep'),
    'Effect of deleting an account on its messages: `erase` erases their texts, `keep` keeps the texts without the author.',
  ),
  RETENTION_DAYS: setting('0', integer(0, 36_500), 'Age in days at which the texts of messages are erased. 0: never.'),
  FLUSH_MAX_MESSAGES: setting(
    '1000',
    integer(1, 10_000),
    'Number of unstored messages of a partition at which the worker writes a batch to the store.',
  ),
  FLUSH_INTERVAL_MS: setting(
    '2000',
    integer(0, 60_000),
    'Longest time in milliseconds that an unstored message waits for its batch.',
  ),
  LOG_RETAIN: setting(
    '10000',
    integer(0, 10_000_000),
    'Number of stored messages that stay in each partition of the log for replay.',
  ),
  LOG_MAX_BACKLOG: setting(
    '100000',
    integer(1, 10_000_000),
    'Number of unstored messages that a partition of the log accepts while the store is unavailable. Above it sending fails with UNAVAILABLE.',
  ),
  LOG_PARTITIONS: optional(
    integer(1, 1024),
    'Number of partitions of the log of the clustered engine. It is fixed at the first start; `npm run repartition` changes it. Unset: the number that the installation has; for a new one 1 with one Redis, 16 with several.',
  ),
  IDEMPOTENCY_WINDOW: setting(
    '24h',
    duration,
    'Time during which the clustered engine recognises a repeated clientMessageId after the message has left the log. The embedded engine always recognises it.',
  ),
  REPLAY_MAX: setting(
    '10000',
    integer(1, 1_000_000),
    'Largest number of missed messages that newChat(after:) replays. A larger gap fails with CURSOR_EXPIRED.',
  ),
  ROOMS_MAX: setting('1000', integer(1, 100_000), 'Largest number of rooms.'),
  INSIGHT_CRON: setting('50 9 * * *', text, 'Cron expression with five or six fields: when a letter is written for each room.'),
  INSIGHT_TZ: setting('Asia/Seoul', timeZone, 'IANA time zone of INSIGHT_CRON, of daily figures and of daily aliases.'),
  INSIGHT_CATCH_UP: setting('7', integer(0, 366), 'Largest number of missed windows that are analysed after an outage.'),
  INSIGHT_LOCALE: optional(oneOf('ko', 'en'), 'Language of the letters. Unset: the language that the room writes in.'),
  LEARN_FROM_SAID: setting(
    'on',
    onOff,
    'Whether the local model is corrected once a day by the feelings that people say in public rooms. `off` removes the correction.',
  ),
  RATE_SEND_PER_USER: setting(
    '10/1s+1000/10m',
    rate,
    'Messages that one account may send. `10/1s+1000/10m` means ten a second, and a reserve of 1,000 above that in ten minutes; all rates are written in this way.',
  ),
  RATE_SEND_PER_ADDRESS: setting('100/1s+10000/10m', rate, 'Messages that may be sent from one IP address.'),
  RATE_SAME_TEXT: setting('20/1m', rate, 'Times that one account may send the same text to one room.'),
  RATE_ROOMS_PER_USER: setting('50/1h', rate, 'Rooms that one account may create.'),
  RATE_REPORTS_PER_USER: setting('30/1h', rate, 'Messages that one account may report.'),
  RATE_EMPATHY_PER_USER: setting('5/1s+300/10m', rate, 'Calls of setEmpathy by one account.'),
  RATE_TYPING_PER_USER: setting('10/1s', rate, 'Calls of setTyping by one account.'),
  RATE_LOGIN_PER_ADDRESS: setting('60/1m+600/1h', rate, 'Login attempts from one IP address.'),
  RATE_LOGIN_FREE_TRIES: setting(
    '20',
    integer(1, 1_000),
    'Number of wrong passwords for one account from one IP address before further attempts are delayed. The delay starts at one second and doubles with each attempt.',
  ),
  RATE_LOGIN_MAX_DELAY: setting('15m', duration, 'Longest delay of a login attempt after wrong passwords.'),
  RATE_REGISTER_PER_ADDRESS: setting('10/1m+300/1h', rate, 'Accounts that may be created from one IP address.'),
  RATE_GUESTS_PER_ADDRESS: setting('60/1m+600/1h', rate, 'Guests that may enter from one IP address.'),
  RATE_INVITES_PER_ADDRESS: setting(
    '30/1m+300/1h',
    rate,
    'Wrong invitation codes from one IP address. Beyond it, good codes are refused too.',
  ),
  RATE_USERNAMES_PER_ADDRESS: setting('120/1m', rate, 'Calls of usernameAvailable from one IP address.'),
  RATE_REFRESH_PER_ADDRESS: setting('300/1m', rate, 'Token refreshes from one IP address.'),
  RATE_RESET_PER_ADDRESS: setting(
    '10/1m+100/1h',
    rate,
    'Requests for a password link, and uses of such links, from one IP address.',
  ),
  RATE_CONNECTS_PER_ADDRESS: setting(
    '100/1s+5000/10m',
    rate,
    'Connections for subscriptions that may be opened from one IP address.',
  ),
  RATE_SUBSCRIBES_PER_SOCKET: setting('50/1s+500/10m', rate, 'Subscriptions that may be started on one socket.'),
  RATE_MESSAGES_PER_SOCKET: setting(
    '100/1s+1000/1m',
    rate,
    'Protocol messages and pings that one socket may send. A socket above the rate is closed.',
  ),
  RATE_SOCKETS_PER_ADDRESS: setting('1000', integer(1, 1_000_000), 'Largest number of open sockets of one IP address.'),
  RATE_SOCKETS_UNINITIALISED: setting(
    '5000',
    integer(1, 1_000_000),
    'Largest number of open sockets that have not sent connection_init. Above it the oldest of them is closed.',
  ),
  RATE_SOCKETS_PER_USER: setting('50', integer(1, 1_000_000), 'Largest number of open sockets of one account.'),
  INSIGHT_DAILY_COST_LIMIT: setting(
    '1',
    number(0, 10_000),
    'US dollars that a day of letters written by a model may cost. Above it the local analyser writes them. 0: no model is used.',
  ),
  INSIGHT_TOKEN_BUDGET: setting(
    '4000',
    integer(500, 200_000),
    'Tokens of messages that a model reads for one letter. More messages than that are sampled.',
  ),
  OPENAI_API_KEY: optional(
    text,
    'Key of the OpenAI API or of a compatible one. Unset: the local analyser writes the letters and no text leaves the server.',
  ),
  OPENAI_BASE_URL: setting('https://api.openai.com/v1', httpUrl, 'Base URL of the OpenAI API or of a compatible one.'),
  OPENAI_MODEL: setting('gpt-4o-mini', text, 'Model that writes the letters.'),
  OPENAI_FALLBACK_MODEL: optional(
    text,
    'Model that is asked when OPENAI_MODEL fails. Unset: the local analyser writes the letter then.',
  ),
  OPENAI_TEMPERATURE: optional(
    number(0, 2),
    'Sampling temperature from 0 to 2. Unset: not sent, because newer models refuse it.',
  ),
  OPENAI_REASONING_EFFORT: optional(
    oneOf('none', 'minimal', 'low', 'medium', 'high', 'xhigh'),
    'Reasoning effort: `none`, `minimal`, `low`, `medium`, `high` or `xhigh`. Unset: not sent, because older models refuse it.',
  ),
  OPENAI_TIMEOUT_MS: setting('60000', integer(100, 600_000), 'Longest time in milliseconds that a model may take to answer.'),
  OPENAI_PRICE_INPUT: optional(
    number(0, 10_000),
    'Price of one million input tokens in US dollars; requires OPENAI_PRICE_OUTPUT. Unset: the list price of the model; for an unknown model the highest list price.',
  ),
  OPENAI_PRICE_OUTPUT: optional(
    number(0, 10_000),
    'Price of one million output tokens in US dollars; requires OPENAI_PRICE_INPUT. Unset: as for OPENAI_PRICE_INPUT.',
  ),
  RATE_LIMITS: setting(
    'on',
    onOff,
    '`off` disables all RATE_ settings but RATE_SOCKETS_UNINITIALISED, for load tests. Refused in production.',
  ),
  INTROSPECTION: optional(
    onOff,
    '`on` answers introspection queries and serves /schema.graphql. Unset: `off` in production, otherwise `on`.',
  ),
  PERSISTED_DOCUMENTS: optional(
    text,
    'Path of a JSON file of GraphQL documents by hash. If set, the server executes only these documents. Unset: it executes every document.',
  ),
  IDE: optional(
    onOff,
    '`on` serves GraphiQL at /graphiql and Apollo Sandbox at /sandbox. Unset: `off` in production, otherwise `on`.',
  ),
  METRICS_TOKEN: optional(text, 'Bearer token that a request for /metrics must carry. Unset: /metrics is open to everybody.'),
  LOG_LEVEL: setting('info', oneOf('debug', 'info', 'warn', 'error', 'silent'), 'Lowest severity of log lines that are written.'),
} satisfies Record<string, Setting<unknown>>;
