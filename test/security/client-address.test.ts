import type { IncomingMessage } from 'node:http';
import { parseConfig } from '../../src/config/config';
import { addressKey, clientAddress } from '../../src/servers/client-address';
import { originPolicy } from '../../src/servers/origin-policy';

const seen = (trustProxy: string, remoteAddress: string, forwarded?: string): string =>
  clientAddress(parseConfig({ TRUST_PROXY: trustProxy }).TRUST_PROXY)({
    socket: { remoteAddress },
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
  } as unknown as IncomingMessage);

test.each([
  ['0', '203.0.113.9', '198.51.100.1', '203.0.113.9', 'no proxy is trusted'],
  ['', '203.0.113.9', '198.51.100.1', '203.0.113.9', 'nothing is set'],
  ['1', '10.0.0.1', '198.51.100.1', '198.51.100.1', 'one proxy'],
  ['1', '10.0.0.1', '1.1.1.1, 198.51.100.1', '198.51.100.1', 'one proxy, and a forged first entry'],
  ['1', '10.0.0.1', '1.1.1.1, 10.0.0.1, 198.51.100.1', '198.51.100.1', 'one proxy, and two forged entries'],
  ['2', '10.0.0.2', '1.1.1.1, 198.51.100.1, 10.0.0.1', '198.51.100.1', 'two proxies, and a forged entry'],
  ['1', '10.0.0.1', undefined, '10.0.0.1', 'one proxy without the header'],
  ['10.0.0.0/8', '10.0.0.1', '1.1.1.1, 198.51.100.1', '198.51.100.1', 'a network'],
  ['10.0.0.0/8', '10.0.0.2', '1.1.1.1, 198.51.100.1, 10.0.0.1', '198.51.100.1', 'a network with two proxies'],
  ['10.0.0.0/8', '203.0.113.9', '1.1.1.1', '203.0.113.9', 'a client that is not a trusted proxy'],
  ['10.0.0.0/8', '10.0.0.1', '10.0.0.7, 198.51.100.1', '198.51.100.1', 'a forged entry from the network'],
  ['loopback', '::ffff:127.0.0.1', '198.51.100.1', '198.51.100.1', 'loopback, as an IPv6 socket shows it'],
  ['10.0.0.1, fd00::/8', 'fd00::1', '198.51.100.1, 10.0.0.1', '198.51.100.1', 'a list'],
  ['1', '10.0.0.1', 'garbage', 'garbage', 'a value of the proxy that is not an address'],
  ['1', '10.0.0.1', '198.51.100.1:40123', '198.51.100.1', 'an address with a port'],
  ['1', '10.0.0.1', '[2001:db8:1:2::9]:40123', '2001:db8:1:2::/64', 'an IPv6 address with brackets and a port'],
  ['1', '10.0.0.1', '[2001:db8:1:2::9]', '2001:db8:1:2::/64', 'an IPv6 address with brackets'],
  ['1', '10.0.0.1', '"[2001:db8:1:2::9]:40123"', '2001:db8:1:2::/64', 'a quoted IPv6 address with a port'],
  ['1', '10.0.0.1', '2001:db8:1:2::9', '2001:db8:1:2::/64', 'an IPv6 address'],
  ['10.0.0.0/8', '10.0.0.1', '198.51.100.1:40123, 10.0.0.7:55001', '198.51.100.1', 'a network whose proxies add ports'],
  ['fd00::/8', 'fd00::1', '198.51.100.1:40123, [fd00::7]:55001', '198.51.100.1', 'an IPv6 network whose proxies add brackets'],
])('TRUST_PROXY=%s, from %s with %s is %s: %s', (trust, remote, forwarded, expected, _) => {
  expect(seen(trust, remote, forwarded)).toBe(expected);
});

test.each(['true', '*', '10.0.0.0/33', '10.0.0/8', 'fd00::/129', '10.0.0.1/8/8', '10', '-1', 'proxy.example.org'])(
  'TRUST_PROXY=%s is refused at start',
  (value) => {
    expect(() => parseConfig({ TRUST_PROXY: value })).toThrow(/^TRUST_PROXY must be /);
  },
);

test.each([
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0db8:0001:0002::9', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['64:ff9b::192.0.2.1', '64:ff9b:0:0::/64'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['::ffff:c000:201', '192.0.2.1'],
  ['x'.repeat(100), 'x'.repeat(45)],
])('%s is counted as %s', (address, key) => {
  expect(addressKey(address)).toBe(key);
});

test.each(['10', '0/1s', '10/1', '1.5/1s', '10/1s+', '10/1s+10/1m+10/1h', '/1s', '10/0s'])(
  'a rate of %s is refused at start',
  (value) => {
    expect(() => parseConfig({ RATE_SAME_TEXT: value })).toThrow(/^RATE_SAME_TEXT must be a rate/);
  },
);

test.each([
  ['capacitor://localhost', true],
  ['tauri://localhost', true],
  ['ionic://localhost:8080', true],
  ['chrome-extension://gcplhmogdjioeaenmehmapbdonklmdnf', true],
  ['https://wall.example', true],
  ['capacitor://localhost/path', false],
  ['file:///index.html', false],
  ['javascript://localhost', false],
  ['null', false],
  ['wall.example', false],
])('CORS_ORIGINS=%s is accepted: %s', (origin, accepted) => {
  const parse = () => parseConfig({ CORS_ORIGINS: origin });
  if (!accepted) expect(parse).toThrow(/^CORS_ORIGINS must be /);
  else expect(originPolicy(parse().CORS_ORIGINS, () => [])(origin, 'wall.example')).toBe(true);
});
