import type { Tx } from '@muster/db';

/** Takes a creation back that never became visible. False when it was activated or removed meanwhile. */
export async function removePendingPerson(tx: Tx, id: string): Promise<{ email: string } | undefined> {
  const [row] = await tx<{ email: string }[]>`
    delete from people where id = ${id} and state = 'pending' returning email
  `;
  return row;
}
