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
}

/** For the audit log only: the caller learns nothing of the reason. The same single insert in every case. */
export async function recordFailedSignIn(
  deps: Deps,
  client: Client,
  { name, found, matches }: FailedSignIn,
): Promise<void> {
  const reason = found === undefined ? 'unknown-account' : matches ? 'disabled' : 'wrong-password';
  const actor: EventActor = found === undefined ? { ...systemActor, ...client } : userAsActor(found.user, client);
  await insertOutbox(deps.sql, [
    newEvent('auth.sign-in-failed.v1', {
      version: found?.user.version ?? 0,
      occurredAt: deps.clock.now().toString(),
      actor,
      ...(found === undefined ? {} : { userId: found.user.id }),
      emailHint: emailHint(name),
      reason,
    }),
  ]);
  deps.relay.wake();
}
