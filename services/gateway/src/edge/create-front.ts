import type { RequestListener } from 'node:http';
import { AppError } from '@muster/contracts';
import { requestIdOf } from '@muster/service-kit';
import type { Deps } from '../deps.ts';
import { createApiHandler } from '../proxy/handle-api.ts';
import { isSocketPath, type Sockets } from '../sockets/create-sockets.ts';
import { versionPrefix } from './api-version.ts';
import { clientOf } from './client-address.ts';
import { edgeHeaders } from './edge-headers.ts';
import { replyPreflight, replyProblem } from './reply.ts';
import { securityHeaders } from './security-headers.ts';

/** The gateway's own pages under `/api/`. */
const pages: ReadonlySet<string> = new Set([`${versionPrefix}/openapi.json`]);

/** Stands before the Hono app: preflights, `/api/*` and `/socket.io/*` end here, the rest gets its headers and goes on. */
export function createFront(deps: Deps, sockets: Sockets): (next: RequestListener) => RequestListener {
  const api = createApiHandler(deps);
  const tooLong: RequestListener = (req, res) => {
    const error = new AppError('uri_too_long', `The URL may have at most ${deps.config.MAX_URL_BYTES} bytes.`);
    replyProblem(
      res,
      error,
      requestIdOf(undefined),
      edgeHeaders(deps, req, clientOf(req, deps.config.TRUST_PROXY_HOPS)),
    );
  };
  return (next) => (req, res) => {
    // A client that breaks off mid-body errors the request even when nobody reads it any more.
    req.on('error', () => undefined);
    const preflight = req.method === 'OPTIONS' ? deps.cors.preflight(req) : undefined;
    if (preflight) return replyPreflight(res, [...securityHeaders, ...preflight]);
    if ((req.url?.length ?? 0) > deps.config.MAX_URL_BYTES) return tooLong(req, res);
    if (req.url?.startsWith('/api/') && !pages.has(req.url)) return void api(req, res);
    if (isSocketPath(req.url)) return void sockets.poll(req, res);
    for (const [name, value] of edgeHeaders(deps, req, clientOf(req, deps.config.TRUST_PROXY_HOPS))) {
      res.setHeader(name, value);
    }
    return next(req, res);
  };
}
