import { erasedPersonName, finalVersion } from '@muster/contracts';
import type { Db } from '@muster/db';

/**
 * Leaves of a person's projection that there was one, at a version no event comes after: late ones change nothing. Writes it
 * for somebody not projected yet, too. `siteId`: where such a one counts.
 */
export async function entombPerson(sql: Db, id: string, siteId: string): Promise<void> {
  await sql`
    insert into people (id, name, role, site_id, status, version)
    values (${id}, ${erasedPersonName}, 'employee', ${siteId}, 'deleted', ${finalVersion})
    on conflict (id) do update set name = excluded.name, department = null, manager_id = null, work_id = null, status = 'deleted',
      version = excluded.version
  `;
}
