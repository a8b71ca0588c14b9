import type { IncomingMessage } from 'node:http';
import type { Deps } from '../deps.ts';
import type { Client } from './client-address.ts';
import type { HeaderPairs } from './reply.ts';
import { securityHeaders, strictTransport } from './security-headers.ts';

/** What every answer of the gateway carries, whoever made it: security and CORS. */
export function edgeHeaders(
  { cors, config }: Pick<Deps, 'cors' | 'config'>,
  req: IncomingMessage,
  client: Client,
): HeaderPairs {
  const seconds = config.HSTS_MAX_AGE_SECONDS;
  const secure =
    client.proto === 'https' && seconds > 0 ? [...securityHeaders, strictTransport(seconds)] : securityHeaders;
  const origins = cors.headers(req);
  return origins.length === 0 ? secure : [...secure, ...origins];
}
