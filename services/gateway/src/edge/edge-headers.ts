import type { IncomingMessage } from 'node:http';
import type { Client } from './client-address.ts';
import type { Cors } from './cors.ts';
import type { HeaderPairs } from './reply.ts';
import { securityHeaders, strictTransport } from './security-headers.ts';

/** What every answer of the gateway carries, whoever made it: security and CORS. */
export function edgeHeaders(cors: Cors, req: IncomingMessage, client: Client): HeaderPairs {
  const secure = client.proto === 'https' ? [...securityHeaders, strictTransport] : securityHeaders;
  const origins = cors.headers(req);
  return origins.length === 0 ? secure : [...secure, ...origins];
}
