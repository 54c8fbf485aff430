import type { IncomingMessage } from 'node:http';
import { isIPv4, isIPv6, type Socket } from 'node:net';
import proxyAddr from 'proxy-addr';

/** Proxies whose X-Forwarded-For is trusted: their number in front of the server, or their addresses and networks. */
export type TrustedProxies = number | readonly string[];

/**
 * The key under which the requests of one client are counted: the address of the connection or, if that is a trusted proxy, the last
 * address in X-Forwarded-For that is not a trusted proxy. Earlier entries may be forged. An IPv6 address is reduced to its first
 * 64 bits, because one client usually has all addresses of such a network.
 */
export function clientAddress(proxies: TrustedProxies): (request: IncomingMessage) => string {
  const isTrusted = typeof proxies === 'number' ? (_: string, hop: number) => hop < proxies : proxyAddr.compile([...proxies]);
  const trust = (entry: string, hop: number): boolean => isTrusted(plainAddress(entry), hop);
  const trustsNone = typeof proxies === 'number' ? proxies === 0 : proxies.length === 0;
  if (trustsNone) return ({ socket }) => keyOf(socket);
  return (request) => addressKey(proxyAddr(request, trust));
}

const keys = new WeakMap<Socket, string>();

/** The key of a connection, computed once. A closed connection has no address. */
function keyOf(socket: Socket): string {
  let key = keys.get(socket);
  if (key === undefined) keys.set(socket, (key = addressKey(socket.remoteAddress)));
  return key;
}

/** Longest text of an IPv6 address, in characters. Longer values from a proxy are cut. */
const MAX_LENGTH = 45;

/** The address without what some proxies add to it: quotes, brackets and a port. */
function plainAddress(entry: string): string {
  const unquoted = entry.trim().replace(/^"(.*)"$/, '$1');
  const bracketed = /^\[([^\]]*)\](?::\d+)?$/.exec(unquoted)?.[1];
  return bracketed ?? /^([^:]+):\d+$/.exec(unquoted)?.[1] ?? unquoted;
}

export function addressKey(address = ''): string {
  const plain = unmapped(plainAddress(address));
  if (isIPv4(plain) || !isIPv6(plain)) return plain.slice(0, MAX_LENGTH);
  const [head = '', tail] = plain.split('%')[0]?.split('::') ?? [];
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const [first, last] = [groups(head), groups(tail ?? '')];
  // A dotted IPv4 address at the end is two groups.
  const missing = tail === undefined ? 0 : 8 - first.length - last.length - (last.at(-1)?.includes('.') ? 1 : 0);
  const all = [...first, ...Array<string>(missing).fill('0'), ...last];
  return `${all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}

/** An IPv4-mapped IPv6 address (`::ffff:192.0.2.1` or `::ffff:c000:201`) as IPv4. */
function unmapped(address: string): string {
  const [, dotted, high = '', low = ''] = /^::ffff:(?:(\d+\.\d+\.\d+\.\d+)|([\da-f]{1,4}):([\da-f]{1,4}))$/i.exec(address) ?? [];
  if (dotted !== undefined) return dotted;
  if (high === '') return address;
  const [a, b] = [Number.parseInt(high, 16), Number.parseInt(low, 16)];
  return [a >> 8, a & 255, b >> 8, b & 255].join('.');
}
