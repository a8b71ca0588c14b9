import { AppError } from '@muster/contracts';
import type { Punch } from './punch.ts';
import type { Session } from './session.ts';

/**
 * The answer to a punch whose idempotency key was seen before: the first one's session.
 * Throws `idempotency_mismatch` when the key then stood for something else.
 */
export function repeatPunch(punch: Punch, prior: { hash: string; session: Session }): Session {
  if (prior.hash === punch.retry?.hash) return prior.session;
  throw new AppError('idempotency_mismatch', 'This Idempotency-Key was already used for another request.');
}
