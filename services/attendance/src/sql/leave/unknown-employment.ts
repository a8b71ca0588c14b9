import type { EmploymentAnswer } from '@muster/contracts/http/employee-employment';
import type { Db } from '@muster/db';

/** People whose employment nobody told us: they were projected before events were read for it. */
export async function selectUnknownEmployment(sql: Db, limit: number): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select id from people where not employment_known order by id limit ${limit}`;
  return rows.map(({ id }) => id);
}

/** Keeps what was answered about them, and that no more is to be known; an event that came meanwhile knows better. */
export async function saveEmployment(sql: Db, ids: readonly string[], known: EmploymentAnswer['data']): Promise<void> {
  await sql`
    update people p set employment_known = true, hired_on = k.hired_on, left_at = k.left_at,
      work_id = coalesce(p.work_id, k.work_id)
    from unnest(${ids as string[]}::uuid[]) as i (id)
    left join unnest(${known.map(({ id }) => id)}::uuid[], ${known.map(({ hiredOn }) => hiredOn)}::date[],
      ${known.map(({ deletedAt }) => deletedAt)}::timestamptz[], ${known.map(({ workId }) => workId)}::text[])
      as k (id, hired_on, left_at, work_id) on k.id = i.id
    where p.id = i.id and not p.employment_known`;
}
