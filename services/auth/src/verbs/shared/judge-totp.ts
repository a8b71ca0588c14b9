import type { EventActor } from '@muster/contracts';
import type { Tx } from '@muster/db';
import { findTotpStep } from '../../crypto/totp.ts';
import type { Deps } from '../../deps.ts';
import { factorDelaySeconds } from '../../domain/factor-delay.ts';
import type { User } from '../../domain/user.ts';
import { acceptTotpStep, refuseTotp, type TotpFactor } from '../../sql/totp-factors.ts';
import { openTotpSecret } from './totp-secret.ts';

/** Who acts, and when. */
export interface By {
  user: User;
  actor: EventActor;
  now: Temporal.Instant;
}

/** `off`: the person has none to give. Whatever is neither `off` nor `right` must not be let in. */
export type FactorVerdict = 'off' | 'right' | 'missing' | 'wrong' | { waitSeconds: number };

/**
 * Judges a code by the locked factor and uses its step up; a wrong one leaves its mark, so commit whatever the verdict.
 * Codes of a step that was used, or of an earlier one, are wrong.
 */
export async function judgeTotp(tx: Tx, deps: Deps, by: By, factor: TotpFactor, code: string): Promise<FactorVerdict> {
  const { user, now } = by;
  const waitSeconds = secondsUntil(factor.blockedUntil, now);
  if (waitSeconds > 0) return { waitSeconds };
  const step = findTotpStep(openTotpSecret(deps, user.id, factor.secretSealed), code, now);
  if (step !== undefined && step > factor.lastStep) {
    await acceptTotpStep(tx, user.id, step, now);
    return 'right';
  }
  const failures = factor.failures + 1;
  const seconds = factorDelaySeconds(failures);
  await refuseTotp(tx, user.id, { failures, blockedUntil: seconds === 0 ? undefined : now.add({ seconds }) });
  return 'wrong';
}

const secondsUntil = (end: Date | null, now: Temporal.Instant): number =>
  end === null ? 0 : Math.max(0, Math.ceil((end.getTime() - now.epochMilliseconds) / 1000));
