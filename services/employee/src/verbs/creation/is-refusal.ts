import { AppError } from '@muster/contracts';

/**
 * True when auth itself said no, so that no login was opened. Anything else (away, too slow, broken) leaves it open whether
 * there is one by now.
 */
export function isRefusal(error: unknown): error is AppError {
  return error instanceof AppError && error.status < 500;
}
