import type { ServerResponse } from 'node:http';
import type { AppError } from '@muster/contracts';
import { toProblem } from '@muster/service-kit';
import { finish } from './finish.ts';

export type HeaderPairs = readonly (readonly [string, string])[];

/** Answers with problem+json and the given headers. Does nothing when an answer has begun. */
export function replyProblem(res: ServerResponse, error: AppError, requestId: string, headers: HeaderPairs): void {
  if (res.headersSent || res.destroyed) return;
  const own = Object.fromEntries(Object.entries(error.headers).map(([name, value]) => [name.toLowerCase(), value]));
  if (error.status === 401) own['www-authenticate'] ??= 'Bearer';
  if (error.status === 503 || error.status === 429) own['retry-after'] ??= '1';
  const body = JSON.stringify(toProblem(error, requestId));
  const common = headers.filter(([name]) => !(name in own)).flat();
  res.writeHead(error.status, [
    ...common,
    ...Object.entries(own).flat(),
    ...['content-type', 'application/problem+json', 'content-length', String(Buffer.byteLength(body))],
  ]);
  // Node leaves the body of an answer to HEAD away by itself.
  finish(res, body);
}

/** Answers 204 to a preflight. */
export function replyPreflight(res: ServerResponse, headers: HeaderPairs): void {
  res.writeHead(204, headers.flat());
  res.end();
}
