import { newEvent, type OutboxEvent } from '@muster/db';
import type { By } from './judge-totp.ts';

/** The event of a passkey that is gone. */
export const passkeyRemoved = (
  { user, actor, now }: By,
  { id, name }: { id: string; name: string },
  reason: string,
): OutboxEvent =>
  newEvent('auth.passkey-removed.v1', {
    version: user.version,
    occurredAt: now.toString(),
    actor,
    userId: user.id,
    passkeyId: id,
    name,
    reason,
  });
