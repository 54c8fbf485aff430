import { isIP } from 'node:net';
import type { PushHost } from '../domain/push-host';

/** Converts the text of a setting. A refusal does not contain the text, because it may be a secret. */
export type Parser<T> = (raw: string) => T | Refused;

export class Refused {
  /** @param mustBe completes the sentence "NAME must be …" */
  constructor(readonly mustBe: string) {}
}

const refuse = (mustBe: string): Refused => new Refused(mustBe);

export const integer =
  (min: number, max: number): Parser<number> =>
  (raw) => {
    const value = Number(raw);
    return /^\d+$/.test(raw) && value >= min && value <= max ? value : refuse(`a whole number from ${min} to ${max}`);
  };

export const text: Parser<string> = (raw) => raw;

export const oneOf =
  <T extends string>(...values: T[]): Parser<T> =>
  (raw) =>
    values.find((value) => value === raw) ?? refuse(`one of ${values.join(', ')}`);

export const onOff: Parser<boolean> = (raw) => (raw === 'on' ? true : raw === 'off' ? false : refuse('on or off'));

const UNIT_MS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds from a number with a unit: 90s, 15m, 1h, 30d. At most ten years. */
export const duration: Parser<number> = (raw) => {
  const [, digits, unit] = /^(\d{1,6})([smhd])$/.exec(raw) ?? [];
  const ms = Number(digits) * UNIT_MS[(unit ?? 's') as keyof typeof UNIT_MS];
  return ms > 0 && ms <= 3650 * UNIT_MS.d ? ms : refuse('a duration such as 90s, 15m, 1h or 30d');
};

export const list =
  <T>(item: Parser<T>): Parser<readonly T[]> =>
  (raw) => {
    const values: T[] = [];
    for (const part of raw.split(',').map((piece) => piece.trim())) {
      if (part === '') continue;
      const value = item(part);
      if (value instanceof Refused) return refuse(`a comma-separated list, each ${value.mustBe}`);
      values.push(value);
    }
    return values;
  };

const url =
  (...protocols: string[]): Parser<string> =>
  (raw) => {
    const kind = `a URL that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`;
    return URL.canParse(raw) && protocols.includes(new URL(raw).protocol) ? raw.replace(/\/+$/, '') : refuse(kind);
  };

export const httpUrl = url('http:', 'https:');

/** Value of PUBLIC_URL: the page finds the API at the address under which it was opened itself. */
export const SAME_ORIGIN = 'same-origin';
/** SAME_ORIGIN or an origin. The path of the API is accepted and dropped. */
export const publicUrl: Parser<string> = (raw) => {
  if (raw === SAME_ORIGIN) return raw;
  const parsed = httpUrl(raw);
  if (parsed instanceof Refused) return refuse(`${SAME_ORIGIN}, or ${parsed.mustBe}`);
  const { origin, pathname, search, hash } = new URL(parsed);
  return /^\/(graphql)?$/.test(pathname) && search === '' && hash === ''
    ? origin
    : refuse('a URL without a path, because the page is served at the root of a host. Use a host name of its own');
};

/** A host name without scheme and port. */
export const hostName: Parser<string> = (raw) =>
  /^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/i.test(raw) ? raw.toLowerCase() : refuse('a host name such as wall.example.org');

export const wsUrl = url('ws:', 'wss:');
const redisUrl = url('redis:', 'rediss:');
/** One URL, or several with commas between. A password may contain commas. */
export const redisUrls: Parser<readonly string[]> = (raw) => {
  const urls: string[] = [];
  for (const part of raw.split(/\s*,\s*(?=rediss?:)/)) {
    const parsed = redisUrl(part);
    if (parsed instanceof Refused) return refuse(`${parsed.mustBe}, or several of them with commas between`);
    urls.push(parsed);
  }
  const places = urls.map((one) => new URL(one)).map(({ host, pathname }) => host + pathname);
  return new Set(places).size === places.length ? urls : refuse('a list that names each Redis once');
};
/** A MongoDB URI may list several hosts, which the URL class rejects. */
export const mongoUrl: Parser<string> = (raw) =>
  /^mongodb(\+srv)?:\/\/[^\s/]+(\/\S*)?$/.test(raw) ? raw : refuse('a URL that starts with mongodb:// or mongodb+srv://');

export const smtpUrl = url('smtp:', 'smtps:');
/** An address, or a name and an address in angle brackets. */
export const mailSender: Parser<string> = (raw) =>
  /^([^<>@\p{Cc}]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/u.test(raw)
    ? raw
    : refuse('an e-mail address, or a name and an address such as: Jungle Buzz <wall@example.org>');

/** How the operator can be reached (RFC 8292, 2.1). */
export const contact: Parser<string> = (raw) =>
  /^mailto:[^\s<>@]+@[^\s<>@]+$/.test(raw) || (URL.canParse(raw) && new URL(raw).protocol === 'https:')
    ? raw
    : refuse('mailto: and an e-mail address, or an https: URL');

/** A host, with `*.` in front for all hosts below it, and with `:` and a port behind it for another port than 443. */
export const pushHost: Parser<PushHost> = (raw) => {
  const [, below, host = '', digits] = /^(\*\.)?([a-z0-9_-]+(?:\.[a-z0-9_-]+)*)(?::(\d{1,5}))?$/i.exec(raw) ?? [];
  const port = digits === undefined ? undefined : Number(digits);
  return host !== '' && (port === undefined || (port > 0 && port < 65_536))
    ? { host: host.toLowerCase(), below: below !== undefined, port }
    : refuse('a host such as push.example.org, *.push.example.org or push.example.org:8443');
};

/** Scheme, host and port without a path. Apps and browser extensions have schemes of their own, such as `capacitor://localhost`. */
export const origin: Parser<string> = (raw) => {
  const text = raw.replace(/\/$/, '');
  if (URL.canParse(raw) && /^https?:$/.test(new URL(raw).protocol) && new URL(raw).origin === text) return text;
  const isApp =
    /^[a-z][a-z\d+.-]*:\/\/[a-z\d.-]+(:\d+)?$/.test(text) && !/^(https?|wss?|ftp|file|javascript|data|blob):/.test(text);
  return isApp ? text : refuse('an origin such as https://example.org');
};

/** Uses per time, such as 10/1s; 10/1s+300/10m adds a reserve of 300 uses in ten minutes. */
export const rate: Parser<{ points: number; seconds: number; burst?: { points: number; seconds: number } }> = (raw) => {
  const parts = raw.split('+').map((part) => {
    const [points = '', time = ''] = part.split('/');
    const ms = duration(time);
    const seconds = ms instanceof Refused ? 0 : ms / 1000;
    return { points: /^[1-9]\d{0,8}$/.test(points) ? Number(points) : 0, seconds };
  });
  const [steady, burst] = parts;
  if (!steady || parts.length > 2 || parts.some(({ points, seconds }) => points === 0 || seconds === 0)) {
    return refuse('a rate such as 10/1s, or 10/1s+300/10m with a reserve');
  }
  return burst ? { ...steady, burst } : steady;
};

const PROXY_NETWORKS = ['loopback', 'linklocal', 'uniquelocal'];

/** The number of reverse proxies in a row in front of this server, or their addresses and networks. */
export const proxies: Parser<number | readonly string[]> = (raw) => {
  if (/^\d$/.test(raw)) return Number(raw);
  return list((entry) => {
    const [address = '', bits, ...rest] = entry.split('/');
    const family = isIP(address);
    const good = family > 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128)));
    if ((good && rest.length === 0) || PROXY_NETWORKS.includes(entry)) return entry;
    return refuse(
      `an address, a network such as 10.0.0.0/8, or one of ${PROXY_NETWORKS.join(', ')}; or a single number of proxies instead of a list`,
    );
  })(raw);
};

export const timeZone: Parser<string> = (raw) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: raw }).resolvedOptions().timeZone;
  } catch {
    return refuse('an IANA time zone such as Asia/Seoul');
  }
};

export const number =
  (min: number, max: number): Parser<number> =>
  (raw) => {
    const value = Number(raw);
    return /^\d+(\.\d+)?$/.test(raw) && value >= min && value <= max ? value : refuse(`a number from ${min} to ${max}`);
  };
