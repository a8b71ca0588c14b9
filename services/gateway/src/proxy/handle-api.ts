import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError } from '@muster/contracts';
import { currentTraceparent, requestHistogram, requestIdOf, tracing } from '@muster/service-kit';
import type { Deps } from '../deps.ts';
import { createAccessLog } from '../edge/access-log.ts';
import { type Versioned, versionOf } from '../edge/api-version.ts';
import { checkTarget } from '../edge/check-target.ts';
import { clientOf } from '../edge/client-address.ts';
import { edgeHeaders } from '../edge/edge-headers.ts';
import { type HeaderPairs, replyProblem } from '../edge/reply.ts';
import { appFor } from '../routes.ts';
import { forward } from './forward.ts';
import { traceOf } from './request-headers.ts';
import { createRetries } from './retry.ts';
import { traceApi } from './trace-api.ts';

// Dapr turns a method it does not know into a POST: `PROPFIND` must not check anybody in.
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const known = new Set(methods);

function destination(
  deps: Deps,
  req: IncomingMessage,
): { app: string; target: string; location: Versioned['location'] } {
  const asked = checkTarget(req.url ?? '/');
  const { path, location } = versionOf(asked.path);
  const app = appFor(deps.routes, path);
  if (app === undefined) throw new AppError('not_found', 'There is nothing here.');
  if (known.has(req.method ?? '')) return { app, target: path + asked.query, location };
  const allow = methods.join(', ');
  throw new AppError('method_not_allowed', `Only ${allow} here.`, { headers: { allow } });
}

/**
 * Everything under `/api/`: limits, then through the sidecar to the app of the prefix. Works on Node's own objects: turning
 * each request and answer into web streams and back costs half of the throughput.
 */
export function createApiHandler(deps: Deps): (req: IncomingMessage, res: ServerResponse) => Promise<void> {
  const { log } = deps;
  const retries = createRetries();
  const durations = requestHistogram();
  const tell = createAccessLog(log, deps.config.ACCESS_LOG);

  const handle = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const started = performance.now();
    const given = req.headers['x-request-id'];
    const requestId = requestIdOf(typeof given === 'string' ? given : undefined);
    const traceparent = currentTraceparent() ?? traceOf(req.headers.traceparent);
    const client = clientOf(req, deps.config.TRUST_PROXY_HOPS);
    let headers: HeaderPairs = [...edgeHeaders(deps, req, client), ['x-request-id', requestId]];
    let app = 'none';
    let userId: string | undefined;
    let status: number;
    try {
      const to = destination(deps, req);
      app = to.app;
      const admission = await deps.gate.admit(req.headers.authorization, client.address);
      userId = admission.userId;
      headers = [...headers, ...admission.headers];
      status = await forward(deps, retries, req, res, { ...to, client, requestId, traceparent, headers, started });
      // A stale token is no failed sign-in: a building full of phones wakes up with one each.
      if (status === 401 && req.headers.authorization === undefined) await deps.gate.countFailure(client.address);
    } catch (thrown) {
      const gone = res.destroyed && !res.headersSent;
      if (!gone && !(thrown instanceof AppError)) log.error({ requestId, err: thrown }, 'passing on failed');
      const error = thrown instanceof AppError ? thrown : new AppError('internal', 'Something went wrong on our side.');
      // 499 is what proxies note for a client that did not wait; nobody receives it.
      status = gone ? 499 : error.status;
      replyProblem(res, error, requestId, headers);
    }
    const ms = performance.now() - started;
    const method = known.has(req.method ?? '') ? String(req.method) : 'other';
    durations.observe({ method, route: `/api/* ${app}`, status }, ms / 1000);
    tell(req, { requestId, traceparent, client, app, status, ms, userId });
  };
  return tracing() ? traceApi(deps.routes, handle) : handle;
}
