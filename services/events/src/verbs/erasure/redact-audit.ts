import { type EventEnvelope, withoutPerson } from '@muster/contracts';
import { withTransaction } from '@muster/db';
import type { Deps } from '../../deps.ts';
import { lockEntriesOf, saveRedactions } from '../../sql/audit-redactions.ts';
import { saveAuditProgress } from '../../sql/erased-people.ts';

const pageSize = 200;

/**
 * Takes a person out of the audit entries after `seq`, at most `pages` pages of them, and says where it got; undefined when
 * there are no more. An entry's payload goes, and with it its salt: nobody can find out from the chain what it said.
 */
export async function redactAudit(
  deps: Deps,
  personId: string,
  seq: number,
  pages: number,
): Promise<number | undefined> {
  let at = seq;
  for (let page = 0; page < pages; page++) {
    const last = await withTransaction(deps.sql, async (tx) => {
      const entries = await lockEntriesOf(tx, personId, at, pageSize);
      const end = entries.at(-1)?.seq;
      if (end === undefined) return undefined;
      const redactedAt = deps.clock.now().toString({ fractionalSecondDigits: 3 });
      const redactions = entries.flatMap(({ seq: entrySeq, leaf, payload: before }) => {
        // Erased whole, long ago: there is nothing left to say.
        if (before === null) return [];
        const payload = JSON.stringify(withoutPerson(JSON.parse(before) as EventEnvelope, personId));
        return [deps.signer.signRedaction({ seq: entrySeq, leaf, payload, redactedAt })];
      });
      await saveRedactions(tx, redactions);
      await saveAuditProgress(tx, personId, end);
      return end;
    });
    if (last === undefined) return undefined;
    at = last;
  }
  return at;
}
