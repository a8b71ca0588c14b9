import ipaddr from 'ipaddr.js';

/** What an address counts as. `place`: one household or building. `network`: what one attacker easily gets a lot of. */
export interface AddressRange {
  place: string;
  network: string;
}

const masked = (address: ipaddr.IPv4 | ipaddr.IPv6, bits: number): string =>
  address.kind() === 'ipv6'
    ? `${ipaddr.IPv6.networkAddressFromCIDR(`${address}/${bits}`)}/${bits}`
    : `${ipaddr.IPv4.networkAddressFromCIDR(`${address}/${bits}`)}/${bits}`;

/**
 * IPv4: the address itself, and its /24. IPv6: its /64, which is the least one customer gets, and the /48. An IPv4 address
 * written as IPv6 is the IPv4 one; whatever is no address is one range of its own.
 */
export function addressRange(address: string | undefined): AddressRange {
  const plain = address?.split('%', 1)[0] ?? '';
  if (!ipaddr.isValid(plain)) return { place: 'unknown', network: 'unknown' };
  const parsed = ipaddr.process(plain);
  return parsed.kind() === 'ipv4'
    ? { place: parsed.toString(), network: masked(parsed, 24) }
    : { place: masked(parsed, 64), network: masked(parsed, 48) };
}
