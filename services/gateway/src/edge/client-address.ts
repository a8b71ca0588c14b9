import type { IncomingMessage } from 'node:http';

export interface Client {
  /** The address the request came from, as far as we may believe it. */
  address: string;
  proto: string;
  host: string;
}

const last = (header: string | string[] | undefined): string | undefined =>
  (Array.isArray(header) ? header.join(',') : header)?.split(',').at(-1)?.trim() || undefined;

/**
 * Who sent this. Each of our own proxies appends what it saw to X-Forwarded-For, so the entry `hops` from the right was
 * written by ours; everything left of it the client may have made up. With 0 hops only the socket counts.
 */
export function clientOf(req: IncomingMessage, hops: number): Client {
  const socket = req.socket.remoteAddress ?? 'unknown';
  const host = req.headers.host ?? '';
  if (hops === 0) return { address: bare(socket), proto: 'http', host };
  const header = req.headers['x-forwarded-for'];
  const chain = (Array.isArray(header) ? header.join(',') : (header ?? '')).split(',').map((entry) => entry.trim());
  const address = chain.at(-hops) || chain[0] || socket;
  return {
    address: bare(address),
    proto: last(req.headers['x-forwarded-proto']) === 'https' ? 'https' : 'http',
    host: last(req.headers['x-forwarded-host']) ?? host,
  };
}

/** `::ffff:10.0.0.1` is 10.0.0.1. */
const bare = (address: string): string => (address.startsWith('::ffff:') ? address.slice(7) : address);

/** What a limit counts by: an IPv6 customer owns a whole /64, so single addresses of it would be no limit. */
export function addressKey(address: string): string {
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.split('::');
  const left = head.split(':').filter(Boolean);
  const right = tail === undefined ? [] : tail.split(':').filter(Boolean);
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array.from({ length: zeros }, () => '0'), ...right];
  return groups
    .slice(0, 4)
    .map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''))
    .join(':');
}
