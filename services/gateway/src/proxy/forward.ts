import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { tracing } from '@muster/service-kit';
import type { Dispatcher } from 'undici';
import type { Deps } from '../deps.ts';
import type { Client } from '../edge/client-address.ts';
import type { HeaderPairs } from '../edge/reply.ts';
import { type Outcome, relay } from './relay.ts';
import { requestHeaders } from './request-headers.ts';
import { mayRepeat, type Retries } from './retry.ts';
import { type Body, takeBody } from './take-body.ts';
import { traceAttempt } from './trace-api.ts';

export interface Passage {
  app: string;
  /** Path and query as they go on. */
  target: string;
  client: Client;
  requestId: string;
  /** Our headers for the answer. */
  headers: HeaderPairs;
  started: number;
}

/** A JSON or empty POST without an Idempotency-Key gets one: the sidecar repeats calls whatever the method, and so may we. */
function ensureKey(req: IncomingMessage, body: Body, headers: string[]): boolean {
  if (req.headers['idempotency-key'] !== undefined) return true;
  const json = body.kind === 'none' || /^application\/json\b/i.test(req.headers['content-type'] ?? '');
  if (req.method !== 'POST' || !json) return false;
  headers.push('idempotency-key', randomUUID());
  return true;
}

function payload(body: Body, headers: string[]): Buffer | Readable | null {
  if (body.kind === 'none') return null;
  if (body.kind === 'bytes') return body.bytes;
  if (body.length !== undefined) headers.push('content-length', String(body.length));
  return body.open();
}

/**
 * Passes a request on to an app through the sidecar and relays the answer. Resolves with the status that went out; throws
 * the AppError to answer with when there was no answer. Repeats what may be repeated while the callee is away.
 */
export async function forward(
  deps: Deps,
  retries: Retries,
  req: IncomingMessage,
  res: ServerResponse,
  passage: Passage,
): Promise<number> {
  const { app, target, client, requestId, started } = passage;
  const body = await takeBody(req);
  const method = (req.method ?? 'GET') as Dispatcher.HttpMethod;
  const headers = requestHeaders(req, client, requestId);
  const hasKey = ensureKey(req, body, headers);
  headers.push('dapr-app-id', app);
  if (deps.config.DAPR_API_TOKEN) headers.push('dapr-api-token', deps.config.DAPR_API_TOKEN);
  const request = { path: target, method, headers, body: payload(body, headers) };

  for (let attempt = 1; ; attempt += 1) {
    const send = (): Promise<Outcome> => relay(deps.upstream, request, { res, headers: passage.headers });
    const outcome = await (tracing() ? traceAttempt(app, attempt, headers, send) : send());
    if ('status' in outcome) return outcome.status;
    const { failure } = outcome;
    if (res.destroyed) throw failure.error;
    const again = mayRepeat(failure, method, body, hasKey) && (await retries.pause(attempt, started)) && !res.destroyed;
    const level = again ? 'debug' : 'warn';
    deps.log[level](
      { requestId, app, attempt, cause: failure.cause },
      again ? 'attempt failed' : 'no answer from a service',
    );
    if (!again) throw failure.error;
  }
}
