import type { Tx } from '@muster/db';

/** Hides a site. Its row stays, since people who left still point at it. */
export async function deleteSiteRow(tx: Tx, id: string, at: string): Promise<void> {
  await tx`update sites set deleted_at = ${at}, updated_at = ${at}, version = version + 1 where id = ${id}`;
}

/** True when anybody works there, or is just being created there. */
export async function siteInUse(tx: Tx, id: string): Promise<boolean> {
  const [row] = await tx<{ used: boolean }[]>`
    select exists (select from people where site_id = ${id} and state <> 'deleted') as used
  `;
  return row?.used ?? false;
}
