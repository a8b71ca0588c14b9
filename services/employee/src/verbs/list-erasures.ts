import { type Page, toPage } from '@muster/contracts';
import type { Erasure, ErasureListQuery } from '@muster/contracts/http/privacy';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { describeErasure } from '../domain/stored-erasure.ts';
import { listErasureRows } from '../sql/erasures.ts';

/** Every erasure there is, newest first: what waits for a decision, and what is under way. */
export async function listErasures(deps: Deps, actor: Actor, query: ErasureListQuery): Promise<Page<Erasure>> {
  authorise(actor, 'privacy.erase');
  const { page, limit, status } = query;
  const { erasures, total } = await listErasureRows(deps.sql, { status, limit, offset: (page - 1) * limit });
  return toPage(erasures.map(describeErasure), total, { page, limit });
}
