import type { EmploymentAnswer } from '@muster/contracts/http/employee-employment';
import type { Db } from '@muster/db';

/** When people were hired and deleted; pending ones do not exist yet. */
export async function listEmployment(db: Db, ids: readonly string[]): Promise<EmploymentAnswer['data']> {
  const rows = await db<{ id: string; hiredOn: string | null; deletedAt: Date | null; workId: string | null }[]>`
    select id, hired_on as "hiredOn", deleted_at as "deletedAt", work_id as "workId" from people
    where id = any(${ids as string[]}::uuid[]) and state <> 'pending'
  `;
  return rows.map((row) => ({ ...row, deletedAt: row.deletedAt?.toISOString() ?? null }));
}
