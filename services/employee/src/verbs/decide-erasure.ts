import { AppError } from '@muster/contracts';
import type { Erasure } from '@muster/contracts/http/privacy';
import { withTransaction } from '@muster/db';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { moment } from '../domain/moment.ts';
import { describeErasure } from '../domain/stored-erasure.ts';
import { findErasure, lockErasure, decideErasure as saveDecision } from '../sql/erasures.ts';
import { beginErasure } from './privacy/begin-erasure.ts';

/**
 * An admin grants or declines an erasure that was asked for. Saying the same again changes nothing.
 * @throws AppError not_found, conflict (decided otherwise already, or one's own), last_admin
 */
export async function decideErasure(
  deps: Deps,
  actor: Actor,
  id: string,
  decision: 'approve' | 'decline',
): Promise<Erasure> {
  authorise(actor, 'privacy.erase');
  const at = moment(deps.clock.now());
  const stored = await withTransaction(deps.sql, async (tx) => {
    const asked = await lockErasure(tx, id);
    if (asked === undefined) throw new AppError('not_found', 'There is no such request.');
    if (asked.status !== 'requested') {
      if ((asked.status === 'declined') === (decision === 'decline')) return asked;
      throw new AppError('conflict', 'This has been decided already.');
    }
    if (decision === 'approve') await beginErasure(tx, actor, asked, at);
    else await saveDecision(tx, id, { status: 'declined', decidedBy: actor.id, at });
    return (await findErasure(tx, id)) ?? asked;
  });
  deps.relay.wake();
  return describeErasure(stored);
}
