import type { Tx } from '@muster/db';

/** How many active admins there are besides this one. Two admins deleting each other at once wait for one another here. */
export async function countOtherAdmins(tx: Tx, id: string): Promise<number> {
  await tx`select pg_advisory_xact_lock(hashtext('employee.last-admin'))`;
  const [row] = await tx<{ total: number }[]>`
    select count(*)::int as total from people where state = 'active' and role = 'admin' and id <> ${id}
  `;
  return row?.total ?? 0;
}
