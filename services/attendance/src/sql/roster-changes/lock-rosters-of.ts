import type { Tx } from '@muster/db';

// One number for this purpose, so that other advisory locks never meet these.
const space = 6015;

/**
 * Changes people's rosters alone until the transaction ends: an overlap lies in several rows, so no key of one row can refuse it, and two
 * changes of one person must see each other. In order of id, also from one call to the next, so that two do not wait for each other.
 */
export async function lockRostersOf(tx: Tx, employeeIds: readonly string[]): Promise<void> {
  await tx`
    select pg_advisory_xact_lock(${space}, hashtext(id)) from (
      select distinct id from unnest(${employeeIds as string[]}::text[]) as i (id) order by id
    ) as locks`;
}
