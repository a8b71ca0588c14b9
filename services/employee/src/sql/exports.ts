import type { Db, Tx } from '@muster/db';
import type { StoredExport } from '../domain/personal-export.ts';

type Row = Omit<StoredExport, 'requestedAt' | 'readyAt' | 'expiresAt'> & {
  requestedAt: Date;
  readyAt: Date | null;
  expiresAt: Date;
};

const columns = (db: Db) => db`
  id, person_id as "personId", requested_by as "requestedBy", status, attempt, requested_at as "requestedAt",
  ready_at as "readyAt", expires_at as "expiresAt", parts, bytes
`;

const toExport = (row: Row): StoredExport => ({
  ...row,
  requestedAt: row.requestedAt.toISOString(),
  readyAt: row.readyAt?.toISOString() ?? null,
  expiresAt: row.expiresAt.toISOString(),
});

/** Stores a request, unless the same one is being prepared. True when it is new. */
export async function insertExport(
  tx: Tx,
  o: Pick<StoredExport, 'id' | 'personId' | 'requestedBy' | 'requestedAt' | 'expiresAt'>,
): Promise<boolean> {
  const rows = await tx`
    insert into personal_exports (id, person_id, requested_by, status, next_attempt_at, requested_at, expires_at)
    values (${o.id}, ${o.personId}, ${o.requestedBy}, 'preparing', ${o.requestedAt}, ${o.requestedAt}, ${o.expiresAt})
    on conflict (person_id, requested_by) where status = 'preparing' do nothing returning id
  `;
  return rows.length > 0;
}

/** The one this person is having prepared about that one. */
export async function findPreparing(db: Db, personId: string, requestedBy: string): Promise<StoredExport | undefined> {
  const [row] = await db<Row[]>`
    select ${columns(db)} from personal_exports
    where person_id = ${personId} and requested_by = ${requestedBy} and status = 'preparing'
  `;
  return row && toExport(row);
}

export async function findExport(db: Db, id: string): Promise<StoredExport | undefined> {
  const [row] = await db<Row[]>`select ${columns(db)} from personal_exports where id = ${id}`;
  return row && toExport(row);
}

/** Takes one that is due for a new attempt. Until `leaseUntil` no other process takes it. */
export async function claimExport(db: Db, o: { now: string; leaseUntil: string }): Promise<StoredExport | undefined> {
  const [row] = await db<Row[]>`
    update personal_exports set attempt = attempt + 1, next_attempt_at = ${o.leaseUntil}
    where id = (
      select id from personal_exports where status = 'preparing' and next_attempt_at <= ${o.now}
      order by next_attempt_at limit 1 for update skip locked
    )
    returning ${columns(db)}
  `;
  return row && toExport(row);
}

type Attempt = Pick<StoredExport, 'id' | 'attempt'>;

/** This attempt is still at work, or waits until then. False when another one has taken over, or the person was erased. */
export async function postponeExport(db: Db, { id, attempt }: Attempt, until: string): Promise<boolean> {
  const rows = await db`
    update personal_exports set next_attempt_at = ${until}
    where id = ${id} and attempt = ${attempt} and status = 'preparing' returning id
  `;
  return rows.length > 0;
}

/** This attempt's archive is whole. False as for {@link postponeExport}. */
export async function finishExport(
  db: Db,
  { id, attempt }: Attempt,
  o: { readyAt: string; parts: number; bytes: number },
): Promise<boolean> {
  const rows = await db`
    update personal_exports set status = 'ready', ready_at = ${o.readyAt}, parts = ${o.parts}, bytes = ${o.bytes}
    where id = ${id} and attempt = ${attempt} and status = 'preparing' returning id
  `;
  return rows.length > 0;
}

/** Gives up what never got through until it would have expired; forgets what expired before `before`. */
export async function settleExports(db: Db, now: string, before: string): Promise<void> {
  await db`update personal_exports set status = 'failed' where status = 'preparing' and expires_at <= ${now}`;
  await db`delete from personal_exports where expires_at < ${before}`;
}
