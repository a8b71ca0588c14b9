import type { Db } from '@muster/db';

/** The person an earlier request with this key created or is creating. */
export async function findPersonByCreationKey(
  db: Db,
  key: string,
): Promise<{ id: string; hash: string; pending: boolean } | undefined> {
  const [row] = await db<{ id: string; hash: string; pending: boolean }[]>`
    select id, creation_hash as hash, state = 'pending' as pending from people where creation_key = ${key}
  `;
  return row;
}
