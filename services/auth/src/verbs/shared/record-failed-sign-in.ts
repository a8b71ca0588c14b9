import { type EventActor, systemActor } from '@muster/contracts';
import { insertOutbox, newEvent } from '@muster/db';
import type { Deps } from '../../deps.ts';
import { type Client, userAsActor } from '../../domain/client.ts';
import { emailHint } from '../../domain/email-hint.ts';
import type { UserWithHash } from '../../sql/find-user.ts';

export interface FailedSignIn {
  /** The e-mail or username that was tried. */
  name: string;
  found: UserWithHash | undefined;
  /** The password was right, the account is not. */
  matches: boolean;
  /** So is the account, but not the code that came along. */
  verdict?: 'wrong';
}

const reasonOf = ({ found, matches, verdict }: FailedSignIn): string => {
  if (verdict !== undefined) return 'wrong-second-factor';
  if (found === undefined) return 'unknown-account';
  return matches ? 'disabled' : 'wrong-password';
};

/** For the audit log only: the caller learns nothing of the reason. The same single insert in every case. */
export async function recordFailedSignIn(deps: Deps, client: Client, failed: FailedSignIn): Promise<void> {
  const { name, found } = failed;
  const actor: EventActor = found === undefined ? { ...systemActor, ...client } : userAsActor(found.user, client);
  await insertOutbox(deps.sql, [
    newEvent('auth.sign-in-failed.v1', {
      version: found?.user.version ?? 0,
      occurredAt: deps.clock.now().toString(),
      actor,
      ...(found === undefined ? {} : { userId: found.user.id }),
      emailHint: emailHint(name),
      reason: reasonOf(failed),
    }),
  ]);
  deps.relay.wake();
}
