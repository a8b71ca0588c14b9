import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { AppError } from '@muster/contracts';
import { tracing } from '@muster/service-kit';
import type { Dispatcher } from 'undici';
import type { Pass } from '../circuit/create-circuit.ts';
import type { Deps } from '../deps.ts';
import type { Client } from '../edge/client-address.ts';
import type { HeaderPairs } from '../edge/reply.ts';
import { type Exchange, type Outcome, relay } from './relay.ts';
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
  traceparent: string;
  /** Changes a `location` so that it stays in the version the client asked for. */
  location: ((path: string) => string) | undefined;
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

const resting = (seconds: number): AppError =>
  new AppError('unavailable', 'The service behind this does not answer at the moment, nothing was done. Try again.', {
    headers: { 'retry-after': String(seconds) },
  });

/** Tells the circuit how an attempt went; an answer has told it already. */
function settle(pass: Pass, outcome: Outcome, req: IncomingMessage, res: ServerResponse): void {
  if ('status' in outcome) {
    pass.answered();
    return;
  }
  const left = res.destroyed || req.errored || (req.destroyed && !req.complete);
  const { away, error } = outcome.failure;
  // What is refused on the way (too large, not allowed) says nothing about the app.
  if (!left && (away || error.code === 'timeout')) pass.failed();
  else pass.dropped();
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
  deps.shed.check(target);
  const body = await takeBody(req);
  const method = (req.method ?? 'GET') as Dispatcher.HttpMethod;
  const headers = requestHeaders(req, client, requestId, passage.traceparent);
  const hasKey = ensureKey(req, body, headers);
  headers.push('dapr-app-id', app);
  if (deps.config.DAPR_API_TOKEN) headers.push('dapr-api-token', deps.config.DAPR_API_TOKEN);
  const timeoutMs = deps.timeouts(target);
  const request = {
    ...{ path: target, method, headers, body: payload(body, headers) },
    ...{ headersTimeout: timeoutMs, bodyTimeout: timeoutMs },
  };
  let last: AppError | undefined;

  for (let attempt = 1; ; attempt += 1) {
    const pass = deps.circuits.enter(app);
    if ('waitSeconds' in pass) throw last ?? resting(pass.waitSeconds);
    const onAnswer: Exchange['onAnswer'] = (status, answered) => {
      pass.answered();
      deps.shed.heard(target, status, answered['retry-after']);
    };
    const exchange = { res, headers: passage.headers, onAnswer, location: passage.location };
    const send = (): Promise<Outcome> => relay(deps.upstream, request, exchange);
    const outcome = await (tracing() ? traceAttempt(app, attempt, headers, send) : send());
    settle(pass, outcome, req, res);
    if ('status' in outcome) return outcome.status;
    const { failure } = outcome;
    last = failure.error;
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
