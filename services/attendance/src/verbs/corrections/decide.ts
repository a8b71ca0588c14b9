import { AppError } from '@muster/contracts';
import type { Tx } from '@muster/db';
import type { StoredRequest } from '../../domain/corrections/request.ts';
import { decideRequest, type RequestDecision } from '../../sql/corrections/requests.ts';

/** Decides a pending request in the database, which lets one of all who try. Throws `conflict` for the others. */
export async function decide(tx: Tx, decision: RequestDecision): Promise<StoredRequest> {
  const decided = await decideRequest(tx, decision);
  if (decided) return decided;
  throw new AppError('conflict', 'This correction does not wait for a decision any more.');
}
