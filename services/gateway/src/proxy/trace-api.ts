import type { IncomingMessage, ServerResponse } from 'node:http';
import { traced } from '@muster/service-kit';
import { versionOf } from '../edge/api-version.ts';
import { appFor, type Routes } from '../routes.ts';
import type { Outcome } from './relay.ts';

type Handler = (req: IncomingMessage, res: ServerResponse) => Promise<void>;

/** `/api/attendance/check-in?x` → `/api/attendance`; whatever leads nowhere is `/api/*`. */
function prefixOf(routes: Routes, url: string): string {
  const { path } = versionOf(url.split('?', 1)[0] ?? '');
  return appFor(routes, path) === undefined ? '/api/*' : path.split('/', 3).join('/');
}

/** Requests at the front door as spans: continues the client's trace, or begins one. */
export function traceApi(routes: Routes, handle: Handler): Handler {
  return (req, res) => {
    const given = req.headers.traceparent;
    const parent = typeof given === 'string' ? given : undefined;
    const route = prefixOf(routes, req.url ?? '');
    return traced(`${req.method} ${route}`, { kind: 'server', parent }, async (span) => {
      await handle(req, res);
      span.set({
        'http.request.method': req.method ?? '',
        'http.route': route,
        'http.response.status_code': res.statusCode,
        'muster.request_id': String(res.getHeader('x-request-id') ?? ''),
      });
      if (res.statusCode >= 500) span.fail(res.statusCode);
    });
  };
}

/** One attempt to reach an app as a span. `headers` (flat, as undici takes them) go on with its context. */
export function traceAttempt(
  app: string,
  attempt: number,
  headers: string[],
  send: () => Promise<Outcome>,
): Promise<Outcome> {
  const attributes = { 'rpc.system': 'dapr', 'rpc.service': app, 'muster.attempt': attempt };
  return traced(`invoke ${app}`, { kind: 'client', attributes }, async (span) => {
    headers[headers.lastIndexOf('traceparent') + 1] = span.traceparent;
    const outcome = await send();
    if ('failure' in outcome) span.fail(outcome.failure.cause);
    else span.set({ 'http.response.status_code': outcome.status });
    return outcome;
  });
}
