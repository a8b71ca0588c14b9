import type { PersonalDataPage } from '@muster/contracts';
import { readPersonalData } from '@muster/db';
import type { Deps } from '../deps.ts';
import { personalTables } from '../sql/personal-data.ts';

/** A page of what the account of a person holds. */
export const tellPersonalData = (
  { sql }: Pick<Deps, 'sql'>,
  personId: string,
  cursor: string | undefined,
): Promise<PersonalDataPage> => readPersonalData(sql, personalTables, personId, cursor);
