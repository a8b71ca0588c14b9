import { STATUS_CODES } from 'node:http';
import { AppError, type Problem } from '@muster/contracts';
import type { Context } from 'hono';

/** The RFC 9457 body of an error. */
export function toProblem(error: AppError, requestId: string): Problem {
  return {
    type: `urn:muster:problem:${error.code}`,
    title: STATUS_CODES[error.status] ?? 'Error',
    status: error.status,
    detail: error.detail,
    code: error.code,
    requestId,
    ...(error.errors && { errors: error.errors }),
  };
}

/**
 * Answers with `application/problem+json`. Anything but an {@link AppError} becomes a 500 that tells nothing of the inside:
 * map outages and framework errors before.
 */
export function problem(c: Context, error: unknown, requestId: string): Response {
  const known = error instanceof AppError ? error : new AppError('internal', 'Something went wrong on our side.');
  const headers: Record<string, string> = { 'content-type': 'application/problem+json' };
  // A 401 without a challenge is not HTTP; a full house without a time invites a stampede.
  if (known.status === 401) headers['www-authenticate'] = 'Bearer';
  if (known.status === 503 || known.status === 429) headers['retry-after'] = '1';
  for (const [name, value] of Object.entries(known.headers)) headers[name.toLowerCase()] = value;
  return c.body(JSON.stringify(toProblem(known, requestId)), known.status, headers);
}
