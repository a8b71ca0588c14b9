import { newEvent, type OutboxEvent, type Tx } from '@muster/db';
import { deleteRecoveryCodes } from '../../sql/recovery-codes.ts';
import { deleteTotpFactor } from '../../sql/totp-factors.ts';
import type { By } from './judge-totp.ts';

/** Forgets the authenticator app and the recovery codes; returns the event, or none when two-factor sign-in was not on. */
export async function forgetTotp(tx: Tx, { user, actor, now }: By, reason: string): Promise<OutboxEvent[]> {
  await deleteRecoveryCodes(tx, user.id);
  if (!(await deleteTotpFactor(tx, user.id))) return [];
  const told = { version: user.version, occurredAt: now.toString(), actor, userId: user.id };
  return [newEvent('auth.two-factor-disabled.v1', { ...told, reason })];
}
