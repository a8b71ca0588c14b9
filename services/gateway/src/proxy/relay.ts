import type { ServerResponse } from 'node:http';
import type { Dispatcher } from 'undici';
import { finish } from '../edge/finish.ts';
import type { HeaderPairs } from '../edge/reply.ts';
import { type Failure, failureFrom, failureOf } from './read-failure.ts';
import { hopByHop } from './request-headers.ts';

export interface Exchange {
  res: ServerResponse;
  /** Our own headers for the answer; the upstream's of the same name are dropped, except `vary`. */
  headers: HeaderPairs;
  /** True when error answers go out as they are, problem or not (Socket.IO has its own). */
  anyError?: boolean;
  /** Called when somebody answers, before the answer is passed on. */
  onAnswer?: (status: number, headers: UpstreamHeaders) => void;
  /** Changes a `location` that leads to a route of ours. */
  location?: ((path: string) => string) | undefined;
}

/** How an attempt ended: an answer with this status went out (whole or cut off), or none did and nothing was sent. */
export type Outcome = { status: number } | { failure: Failure };

type UpstreamHeaders = Record<string, string | string[] | undefined>;
const maxErrorBytes = 8 * 1024;
/** What an answer was made with is nobody's business. */
const tells: ReadonlySet<string> = new Set(['server', 'x-powered-by', 'via']);

function answerHeaders(upstream: UpstreamHeaders, { headers: own, location }: Exchange): string[] {
  const out: string[] = [];
  const taken = new Set<string>();
  for (const [name, value] of own) {
    out.push(name, value);
    if (name !== 'vary') taken.add(name);
  }
  for (const name in upstream) {
    const value = upstream[name];
    const drop =
      hopByHop.has(name) ||
      taken.has(name) ||
      tells.has(name) ||
      name.startsWith('dapr-') ||
      name.startsWith('access-control-');
    if (value === undefined || drop) continue;
    if (typeof value === 'string') out.push(name, name === 'location' && location ? location(value) : value);
    else for (const one of value) out.push(name, one);
  }
  // What a service lets nobody keep by saying nothing must not stay in a cache on the way.
  if (upstream['cache-control'] === undefined && !taken.has('cache-control')) out.push('cache-control', 'no-store');
  return out;
}

// daprd's own answers, its errors and the empty 200 that it now and then invents for a callee that is down, bear no id.
const isSigned = (headers: UpstreamHeaders): boolean => headers['x-request-id'] !== undefined;
/** An error in a service's own words: a problem, or what a protocol of others asks for (OAuth's `{error}`), signed. */
function isOwnError(headers: UpstreamHeaders): boolean {
  const type = String(headers['content-type'] ?? '');
  return type.startsWith('application/problem+json') || (isSigned(headers) && type.startsWith('application/json'));
}

/**
 * Sends one request on and streams the answer back, holding the upstream when the client reads slowly and dropping it when
 * the client goes away. Errors that are not a service's own are read, not relayed: they name inner addresses.
 */
export function relay(upstream: Dispatcher, request: Dispatcher.DispatchOptions, exchange: Exchange): Promise<Outcome> {
  const { res, anyError, onAnswer } = exchange;
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  let controller: Dispatcher.DispatchController | undefined;
  let status = 0;
  let errorBody: Buffer[] | undefined;
  let errorBytes = 0;
  const resume = (): void => controller?.resume();
  const gone = (): void => {
    if (!res.writableFinished) controller?.abort(new Error('the client went away'));
  };
  const settle = (outcome: Outcome): void => {
    res.off('close', gone);
    res.off('drain', resume);
    resolve(outcome);
  };
  res.once('close', gone);

  upstream.dispatch(request, {
    onRequestStart(given) {
      controller = given;
      if (res.destroyed) given.abort(new Error('the client went away'));
    },
    onResponseStart(given, statusCode, answered) {
      controller = given;
      if (statusCode < 200) return;
      status = statusCode;
      if (!anyError && !(statusCode < 400 ? isSigned(answered) : isOwnError(answered))) {
        errorBody = [];
        return;
      }
      onAnswer?.(statusCode, answered);
      res.writeHead(statusCode, answerHeaders(answered, exchange));
      res.on('drain', resume);
    },
    onResponseData(given, chunk) {
      if (!errorBody) {
        if (!res.write(chunk)) given.pause();
      } else if (errorBytes < maxErrorBytes) {
        errorBytes += chunk.length;
        errorBody.push(chunk);
      }
    },
    onResponseEnd() {
      if (errorBody) return settle({ failure: failureOf(status, Buffer.concat(errorBody).toString()) });
      finish(res);
      settle({ status });
    },
    onResponseError(_given, error) {
      if (!res.headersSent) return settle({ failure: failureFrom(error) });
      // Half an answer must not look whole.
      res.destroy();
      settle({ status });
    },
  });
  return promise;
}
