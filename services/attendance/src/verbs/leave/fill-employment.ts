import type { EmploymentAnswer } from '@muster/contracts/http/employee-employment';
import type { Deps } from '../../deps.ts';
import { saveEmployment, selectUnknownEmployment } from '../../sql/leave/unknown-employment.ts';

/**
 * Learns when people were hired and deleted who were projected before their events were read for it; returns how many. Once all are
 * known it finds nothing. Throws what `ask` throws.
 */
export async function fillEmployment(
  { sql }: Pick<Deps, 'sql'>,
  ask: (ids: string[]) => Promise<EmploymentAnswer>,
  pageSize = 500,
): Promise<number> {
  for (let learned = 0; ; ) {
    const ids = await selectUnknownEmployment(sql, pageSize);
    if (ids.length === 0) return learned;
    await saveEmployment(sql, ids, (await ask(ids)).data);
    learned += ids.length;
  }
}
