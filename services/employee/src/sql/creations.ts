import type { Db, Tx } from '@muster/db';

export interface EarlierCreation {
  id: string;
  hash: string;
  pending: boolean;
  /** The sealed first answer, for a day. */
  answer: Uint8Array | null;
}

/** The person an earlier request with this key created or is creating. */
export async function findPersonByCreationKey(db: Db, key: string): Promise<EarlierCreation | undefined> {
  const [row] = await db<EarlierCreation[]>`
    select id, creation_hash as hash, state = 'pending' as pending, creation_answer as answer from people where creation_key = ${key}
  `;
  return row;
}

/** Keeps the sealed answer of a creation beside its person. */
export async function saveCreationAnswer(tx: Tx, id: string, answer: Uint8Array): Promise<void> {
  await tx`update people set creation_answer = ${answer} where id = ${id}`;
}

/** Drops the answers to people created before `before`. */
export async function dropCreationAnswers(db: Db, before: string): Promise<void> {
  await db`update people set creation_answer = null where creation_answer is not null and created_at < ${before}`;
}
