import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { noUserAgent } from '@muster/contracts';
import type { Client } from '../edge/client-address.ts';

/** Belong to one connection, not to the request (RFC 9110 §7.6.1). */
export const hopByHop: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** What the gateway says itself, whatever the client wrote. */
const replaced: ReadonlySet<string> = new Set([
  'host',
  'expect',
  'content-length',
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-forwarded-port',
  'x-real-ip',
  'x-request-id',
  'traceparent',
  'user-agent',
]);

/** `dapr-*` and `grpc-*` would speak to the sidecars, `x-muster-*` is how our services speak to each other. */
const inner = /^(?:dapr|grpc|x-muster)-/;
const traceparent = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

// Node keeps random UUIDs in stock; random bytes cost a system call each.
const hex = (): string => randomUUID().replaceAll('-', '');

/** The client's trace context where it brings one, else a new one that nobody keeps. */
export const traceOf = (given: string | string[] | undefined): string =>
  typeof given === 'string' && traceparent.test(given) ? given : `00-${hex()}-${hex().slice(0, 16)}-00`;

const named = (connection: string | undefined): Set<string> | undefined =>
  connection === undefined || /^(?:keep-alive|close)$/i.test(connection)
    ? undefined
    : new Set(connection.split(',').map((name) => name.trim().toLowerCase()));

/** The client's headers as they go on, flat as undici takes them: without what is the gateway's or the sidecar's to say. */
export function requestHeaders(
  req: IncomingMessage,
  client: Client,
  requestId: string,
  traceparent = traceOf(req.headers.traceparent),
): string[] {
  const { rawHeaders } = req;
  const dropped = named(req.headers.connection);
  const out: string[] = [];
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]?.toLowerCase() ?? '';
    if (hopByHop.has(name) || replaced.has(name) || inner.test(name) || dropped?.has(name)) continue;
    out.push(name, rawHeaders[i + 1] ?? '');
  }
  // One entry: whatever a proxy after us appends, the first stays the one we vouch for.
  out.push('x-forwarded-for', client.address, 'x-forwarded-proto', client.proto, 'x-forwarded-host', client.host);
  out.push('x-request-id', requestId, 'traceparent', traceparent);
  out.push('user-agent', req.headers['user-agent'] || noUserAgent);
  return out;
}
