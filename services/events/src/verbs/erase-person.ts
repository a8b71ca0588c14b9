import type { PersonalDataErasure } from '@muster/contracts';
import { erasePersonalData, scrubTransport, withTransaction } from '@muster/db';
import type { Deps } from '../deps.ts';
import { lockHead } from '../sql/append-audit.ts';
import { markErased, markErasureDone } from '../sql/erased-people.ts';
import { personalTables } from '../sql/personal-data.ts';
import { redactAudit } from './erasure/redact-audit.ts';
import { redactNotices } from './erasure/redact-notices.ts';

// What one call may do: well within the time a caller waits.
const pages = 20;

/**
 * Erases a person from audit log and notifications; from its first moment on, what still comes is written without them.
 * A long history takes several calls, each going on where the last one got; calling again when it is done changes nothing.
 */
export async function erasePerson(deps: Deps, personId: string): Promise<PersonalDataErasure> {
  const at = deps.clock.now().toString();
  const progress = await withTransaction(deps.sql, async (tx) => {
    await lockHead(tx);
    const noted = await markErased(tx, personId, at);
    await erasePersonalData(tx, personalTables, personId);
    return noted;
  });
  const entry = await redactAudit(deps, personId, progress.auditSeq, pages);
  if (entry !== undefined) return { done: false };
  const notice = await redactNotices(deps, personId, progress.notificationId, pages);
  if (notice !== undefined) return { done: false };
  await scrubTransport(deps.sql, personId);
  await markErasureDone(deps.sql, personId, at);
  return { done: true };
}
