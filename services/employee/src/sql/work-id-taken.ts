import type { Tx } from '@muster/db';

/** True when somebody who is not deleted has this work id. Two registrations with one id wait for each other here. */
export async function workIdTaken(tx: Tx, workId: string): Promise<boolean> {
  await tx`select pg_advisory_xact_lock(hashtext('employee.work-id'), hashtext(${workId}))`;
  const [row] = await tx<{ taken: boolean }[]>`
    select exists (select from people where work_id = ${workId} and state <> 'deleted') as taken
  `;
  return row?.taken ?? false;
}
