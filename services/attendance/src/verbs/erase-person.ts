import type { PersonalDataErasure } from '@muster/contracts';
import { erasePersonalData, scrubTransport, withTransaction } from '@muster/db';
import type { Deps } from '../deps.ts';
import { entombPerson } from '../sql/entomb-person.ts';
import { personalTables } from '../sql/personal-data.ts';

/**
 * Erases a person here: times of work stay, by id, so that totals are what they were; places, notes and the name go. Safe
 * to repeat.
 */
export async function erasePerson(
  { sql, defaultPlace }: Pick<Deps, 'sql' | 'defaultPlace'>,
  personId: string,
): Promise<PersonalDataErasure> {
  await withTransaction(sql, async (tx) => {
    await entombPerson(tx, personId, defaultPlace.siteId);
    await erasePersonalData(tx, personalTables, personId);
  });
  await scrubTransport(sql, personId);
  return { done: true };
}
