import { AppError } from '@muster/contracts';
import type { Erasure } from '@muster/contracts/http/privacy';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { describeErasure } from '../domain/stored-erasure.ts';
import { findErasure } from '../sql/erasures.ts';

/** How far an erasure is, service by service: one's own, or any for an admin. @throws AppError not_found */
export async function getErasure(deps: Deps, actor: Actor, id: string): Promise<Erasure> {
  const scope = authorise(actor, 'privacy.ask-erasure');
  const stored = await findErasure(deps.sql, id);
  if (stored !== undefined && (stored.personId === actor.id || scope === 'all')) return describeErasure(stored);
  throw new AppError('not_found', 'There is no such request.');
}
