import type { Db } from '@muster/db';

export async function insertClientSecret(
  tx: Db,
  s: { id: string; clientId: string; hash: Uint8Array; now: Temporal.Instant },
): Promise<void> {
  await tx`
    insert into client_secrets (id, client_id, hash, created_at)
    values (${s.id}, ${s.clientId}, ${s.hash}, ${s.now.toString()})
  `;
}

/** Lets the client's secrets end at `until`, or earlier where they would have; at once when `until` is now. */
export async function endClientSecrets(
  tx: Db,
  clientId: string,
  until: Temporal.Instant,
  now: Temporal.Instant,
): Promise<void> {
  const atOnce = Temporal.Instant.compare(until, now) <= 0;
  await tx`
    update client_secrets set expires_at = least(expires_at, ${until.toString()}::timestamptz)
      ${atOnce ? tx`, revoked_at = ${now.toString()}` : tx``}
    where client_id = ${clientId} and revoked_at is null
  `;
}

/** A client that showed a good secret: what its token says. */
export interface ProvenClient {
  id: string;
  name: string;
  scopes: string[];
  tokenVersion: number;
  secretId: string;
  /** When the secret ends, in Unix seconds; null while it is the newest. */
  expiresAtS: number | null;
}

/** The active client whose secret has this hash, while the secret is good. */
export async function findClientBySecret(
  sql: Db,
  s: { clientId: string; hash: Uint8Array; now: Temporal.Instant },
): Promise<ProvenClient | undefined> {
  const [row] = await sql<ProvenClient[]>`
    select c.id, c.name, c.scopes, c.token_version as "tokenVersion", s.id as "secretId",
      floor(extract(epoch from s.expires_at))::float8 as "expiresAtS"
    from client_secrets s join clients c on c.id = s.client_id
    where s.hash = ${s.hash} and s.client_id = ${s.clientId} and s.revoked_at is null
      and (s.expires_at is null or s.expires_at > ${s.now.toString()}) and c.active and c.deleted_at is null
  `;
  return row;
}
