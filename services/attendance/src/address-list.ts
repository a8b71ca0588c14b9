import { BlockList, isIP, isIPv6 } from 'node:net';

const lists = new Map<string, BlockList>();

/** Whether an address lies in one of the ranges. `::ffff:10.0.0.1` is 10.0.0.1; what is no address is in none. */
export function isInRanges(ranges: readonly string[], address: string): boolean {
  const bare = address.replace(/^::ffff:(?=\d+\.)/i, '');
  return isIP(bare) !== 0 && listOf(ranges).check(bare, isIPv6(bare) ? 'ipv6' : 'ipv4');
}

function listOf(ranges: readonly string[]): BlockList {
  const key = ranges.join();
  const known = lists.get(key);
  if (known) return known;
  const list = new BlockList();
  for (const range of ranges) {
    const [net = '', bits] = range.split('/');
    const family = isIPv6(net) ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(net, family);
    else list.addSubnet(net, Number(bits), family);
  }
  // A list a site is enough; a change of one makes another.
  if (lists.size >= 1000) lists.clear();
  lists.set(key, list);
  return list;
}
