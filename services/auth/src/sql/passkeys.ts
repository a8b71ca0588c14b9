import type { Db } from '@muster/db';
import type { StoredPasskey } from '../crypto/passkeys.ts';

/** A passkey as its person sees it. */
export interface PasskeyRow {
  id: string;
  name: string;
  synced: boolean;
  createdAt: Date;
  lastUsedAt: Date | null;
}

const shown = (sql: Db) => sql`id, name, synced, created_at as "createdAt", last_used_at as "lastUsedAt"`;
const stored = (sql: Db) => sql`credential_id as "credentialId", public_key as "publicKey", counter, transports`;

/** Adds it; undefined when the authenticator's id is known already. */
export async function insertPasskey(
  tx: Db,
  p: StoredPasskey & { id: string; userId: string; name: string; synced: boolean; now: Temporal.Instant },
): Promise<PasskeyRow | undefined> {
  const [row] = await tx<PasskeyRow[]>`
    insert into passkeys (id, user_id, credential_id, public_key, counter, transports, name, synced, created_at)
    values (
      ${p.id}, ${p.userId}, ${p.credentialId}, ${p.publicKey}, ${p.counter}, ${p.transports}, ${p.name}, ${p.synced},
      ${p.now.toString()}
    )
    on conflict (credential_id) do nothing
    returning ${shown(tx)}
  `;
  return row;
}

/** The person's, oldest first. */
export const listPasskeys = (sql: Db, userId: string): Promise<PasskeyRow[]> =>
  sql<PasskeyRow[]>`select ${shown(sql)} from passkeys where user_id = ${userId} order by created_at, id`;

/** How authenticators know the person's passkeys. */
export const listCredentials = (
  sql: Db,
  userId: string,
): Promise<Pick<StoredPasskey, 'credentialId' | 'transports'>[]> =>
  sql<StoredPasskey[]>`select credential_id as "credentialId", transports from passkeys where user_id = ${userId}`;

/** How many passkeys the person has. */
export async function countPasskeys(sql: Db, userId: string): Promise<number> {
  const [row] = await sql<{ count: number }[]>`select count(*) as count from passkeys where user_id = ${userId}`;
  return row?.count ?? 0;
}

/** Whose passkey it is, without locking anything: whoever locks takes the user first. */
export async function findPasskeyUser(sql: Db, credentialId: string): Promise<string | undefined> {
  const [row] = await sql<{ userId: string }[]>`
    select user_id as "userId" from passkeys where credential_id = ${credentialId}
  `;
  return row?.userId;
}

/** The passkey, locked until the transaction ends: its counter is compared and raised by one sign-in at a time. */
export async function lockPasskey(
  tx: Db,
  credentialId: string,
): Promise<(StoredPasskey & { id: string; userId: string }) | undefined> {
  const [row] = await tx<(StoredPasskey & { id: string; userId: string })[]>`
    select id, user_id as "userId", ${stored(tx)} from passkeys where credential_id = ${credentialId} for update
  `;
  return row;
}

/** Notes a sign-in by it. */
export async function touchPasskey(
  tx: Db,
  p: { id: string; counter: number; synced: boolean; now: Temporal.Instant },
): Promise<void> {
  await tx`
    update passkeys set counter = ${p.counter}, synced = ${p.synced}, last_used_at = ${p.now.toString()}
    where id = ${p.id}
  `;
}

/** Gives it another name; undefined when the person has no such passkey. */
export async function renamePasskey(
  sql: Db,
  p: { id: string; userId: string; name: string },
): Promise<PasskeyRow | undefined> {
  const [row] = await sql<PasskeyRow[]>`
    update passkeys set name = ${p.name} where id = ${p.id} and user_id = ${p.userId} returning ${shown(sql)}
  `;
  return row;
}

/** Removes all of the person's; returns what they were. */
export const deletePasskeysOf = (tx: Db, userId: string): Promise<{ id: string; name: string }[]> =>
  tx<{ id: string; name: string }[]>`delete from passkeys where user_id = ${userId} returning id, name`;

/** Removes it and returns its name; undefined when the person has no such passkey. */
export async function deletePasskey(tx: Db, p: { id: string; userId: string }): Promise<string | undefined> {
  const [row] = await tx<{ name: string }[]>`
    delete from passkeys where id = ${p.id} and user_id = ${p.userId} returning name
  `;
  return row?.name;
}
