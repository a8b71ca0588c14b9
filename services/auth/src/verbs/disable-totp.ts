import { AppError } from '@muster/contracts';
import type { DisableTotpInput } from '@muster/contracts/http/auth-factors';
import { insertOutbox } from '@muster/db';
import type { Actor } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { forgetTotp } from './shared/forget-totp.ts';
import { needsTotp } from './shared/owes-totp.ts';
import { withProof } from './shared/with-proof.ts';

/** Switches two-factor sign-in off. Throws `conflict` when it is not on, `forbidden` for a role that needs it, and what {@link withProof} throws. */
export async function disableTotp(deps: Deps, actor: Actor, input: DisableTotpInput): Promise<void> {
  await withProof(deps, actor, input, async (tx, by) => {
    if (needsTotp(deps, by.user)) throw new AppError('forbidden', 'Your role needs two-factor sign-in here.');
    const events = await forgetTotp(tx, by, 'by-person');
    if (events.length === 0) throw new AppError('conflict', 'Two-factor sign-in is not on.');
    await insertOutbox(tx, events);
  });
}
