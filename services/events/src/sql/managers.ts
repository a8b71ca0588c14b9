import type { Tx } from '@muster/db';
import type { ManagerChange } from '../domain/manager-change.ts';

/** Applies changes, each person at most once; what is older than the known version changes nothing. */
export async function upsertManagers(tx: Tx, changes: readonly ManagerChange[]): Promise<void> {
  await tx`
    insert into managers as known (employee_id, manager_id, version)
    select employee_id, manager_id, version from unnest(
      ${changes.map((change) => change.employeeId)}::uuid[], ${changes.map((change) => change.managerId)}::uuid[],
      ${changes.map((change) => change.version)}::int[]
    ) as change (employee_id, manager_id, version)
    on conflict (employee_id) do update set manager_id = excluded.manager_id, version = excluded.version
      where excluded.version > known.version
  `;
}

/** Everybody above each of these people, however far up; who has no manager is left out. A circle ends by itself. */
export async function findManagers(tx: Tx, employeeIds: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await tx<{ employee_id: string; managers: string[] }[]>`
    with recursive above (employee_id, id) as (
      select employee_id, manager_id from managers
        where employee_id = any(${employeeIds as string[]}::uuid[]) and manager_id is not null
      union
      select above.employee_id, m.manager_id from managers m join above on m.employee_id = above.id
        where m.manager_id is not null
    )
    select employee_id, array_agg(id) as managers from above group by employee_id
  `;
  return new Map(rows.map((row) => [row.employee_id, row.managers]));
}

/** The manager right above each of these people; who has none is left out. */
export async function findDirectManagers(tx: Tx, employeeIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx<{ employee_id: string; manager_id: string }[]>`
    select employee_id, manager_id from managers
    where employee_id = any(${employeeIds as string[]}::uuid[]) and manager_id is not null
  `;
  return new Map(rows.map((row) => [row.employee_id, row.manager_id]));
}
