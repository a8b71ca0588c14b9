import type { RequestListener } from 'node:http';
import type { Deps } from '../deps.ts';
import { createApiHandler } from '../proxy/handle-api.ts';
import { isSocketPath, type Sockets } from '../sockets/create-sockets.ts';
import { clientOf } from './client-address.ts';
import { edgeHeaders } from './edge-headers.ts';
import { replyPreflight } from './reply.ts';
import { securityHeaders } from './security-headers.ts';

/** Stands before the Hono app: preflights, `/api/*` and `/socket.io/*` end here, the rest gets its headers and goes on. */
export function createFront(deps: Deps, sockets: Sockets): (next: RequestListener) => RequestListener {
  const api = createApiHandler(deps);
  return (next) => (req, res) => {
    // A client that breaks off mid-body errors the request even when nobody reads it any more.
    req.on('error', () => undefined);
    const preflight = req.method === 'OPTIONS' ? deps.cors.preflight(req) : undefined;
    if (preflight) return replyPreflight(res, [...securityHeaders, ...preflight]);
    if (req.url?.startsWith('/api/')) return void api(req, res);
    if (isSocketPath(req.url)) return void sockets.poll(req, res);
    for (const [name, value] of edgeHeaders(deps.cors, req, clientOf(req, deps.config.TRUST_PROXY_HOPS))) {
      res.setHeader(name, value);
    }
    return next(req, res);
  };
}
