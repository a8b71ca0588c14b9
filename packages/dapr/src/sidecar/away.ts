import { AppError } from '@muster/contracts';

/** The sidecar did not answer: a timeout is told apart, everything else (refused, reset, closed) is `unavailable`. */
export function away(error: unknown, what: string): AppError {
  const late = error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError');
  return late
    ? new AppError('timeout', `${what} took too long.`, { cause: error })
    : new AppError('unavailable', `${what} cannot be reached.`, { cause: error, headers: { 'Retry-After': '2' } });
}
