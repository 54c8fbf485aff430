import { BlockList, isIPv6 } from 'node:net';

/** IANA special-purpose registries: everything that is not reachable in the public Internet. */
const PRIVATE_V4 = [
  ...[
    '0.0.0.0/8',
    '10.0.0.0/8',
    '100.64.0.0/10',
    '127.0.0.0/8',
    '169.254.0.0/16',
    '172.16.0.0/12',
    '192.0.0.0/24',
    '192.0.2.0/24',
  ],
  ...['192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
];
/** The global unicast range of IPv6, and what is special within it: among others tunnels that contain an IPv4 address. */
const GLOBAL_V6 = '2000::/3';
const PRIVATE_V6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

const listOf = (networks: readonly string[], family: 'ipv4' | 'ipv6'): BlockList => {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    list.addSubnet(address, Number(bits), family);
  }
  return list;
};
const privateV4 = listOf(PRIVATE_V4, 'ipv4');
const privateV6 = listOf(PRIVATE_V6, 'ipv6');
const globalV6 = listOf([GLOBAL_V6], 'ipv6');

/** @param address IPv4 or IPv6. Addresses of IPv4 in the form of IPv6 are not public. */
export const isPublicAddress = (address: string): boolean =>
  isIPv6(address) ? globalV6.check(address, 'ipv6') && !privateV6.check(address, 'ipv6') : !privateV4.check(address, 'ipv4');
