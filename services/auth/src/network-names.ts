import { BlockList, isIP } from 'node:net';

/** Finds the name of the network an address lies in; the first that fits, null where none does. */
export type PlaceOf = (ip: string | null) => string | null;

const entry = /^\s*([0-9a-fA-F.:]+)\/(\d{1,3})\s*=\s*(.+?)\s*$/;

/** Reads `10.20.0.0/16=Head office, 2001:db8::/32=Plant`. Throws on anything else. */
export function readNetworkNames(text: string): PlaceOf {
  const networks = text.split(',').map((part) => {
    const [, address = '', prefix = '', name = ''] = entry.exec(part) ?? [];
    const list = new BlockList();
    // Throws on a prefix that is too long.
    list.addSubnet(address, Number(prefix), familyOf(address));
    return { name, list };
  });
  return (ip) => {
    // IPv4 arrives inside IPv6 where a socket listens on both.
    const plain = ip?.replace(/^::ffff:(?=\d+\.)/i, '') ?? '';
    if (isIP(plain) === 0) return null;
    return networks.find(({ list }) => list.check(plain, familyOf(plain)))?.name ?? null;
  };
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  const version = isIP(address);
  if (version === 0) throw new TypeError(`not an address: ${address}`);
  return version === 6 ? 'ipv6' : 'ipv4';
}
