import type { Db, Tx } from '@muster/db';
import type { StoredErasure } from '../domain/stored-erasure.ts';

type Row = Omit<StoredErasure, 'requestedAt' | 'decidedAt' | 'doneAt'> & {
  requestedAt: Date;
  decidedAt: Date | null;
  doneAt: Date | null;
};

const toErasure = (row: Row): StoredErasure => ({
  ...row,
  requestedAt: row.requestedAt.toISOString(),
  decidedAt: row.decidedAt?.toISOString() ?? null,
  doneAt: row.doneAt?.toISOString() ?? null,
});

const columns = (db: Db) => db`
  e.id, e.person_id as "personId", e.status, e.requested_by as "requestedBy", e.requested_at as "requestedAt",
  e.decided_at as "decidedAt", e.done_at as "doneAt",
  (select coalesce(json_agg(json_build_object('service', s.service, 'doneAt', to_char(
      s.done_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by s.service), '[]')
    from erasure_steps s where s.person_id = e.person_id) as steps
`;

/** Asks for a person's erasure. One that was declined is asked for anew; any other one stays as it is and is not `isNew`. */
export async function requestErasure(
  tx: Tx,
  o: { id: string; personId: string; requestedBy: string; at: string },
): Promise<StoredErasure & { isNew: boolean }> {
  const asked = await tx`
    insert into personal_erasures as known (id, person_id, status, requested_by, requested_at)
    values (${o.id}, ${o.personId}, 'requested', ${o.requestedBy}, ${o.at})
    on conflict (person_id) do update set status = 'requested', requested_by = excluded.requested_by,
      requested_at = excluded.requested_at, decided_by = null, decided_at = null
    where known.status = 'declined' returning id
  `;
  const [row] = await tx<Row[]>`
    select ${columns(tx)} from personal_erasures e where e.person_id = ${o.personId} for update of e
  `;
  return { ...toErasure(row as Row), isNew: asked.length > 0 };
}

export async function findErasure(db: Db, id: string): Promise<StoredErasure | undefined> {
  const [row] = await db<Row[]>`select ${columns(db)} from personal_erasures e where e.id = ${id}`;
  return row && toErasure(row);
}

/** As {@link findErasure}, and nobody else decides until this transaction ends. */
export async function lockErasure(tx: Tx, id: string): Promise<StoredErasure | undefined> {
  await tx`select from personal_erasures where id = ${id} for update`;
  return findErasure(tx, id);
}

export async function decideErasure(
  tx: Tx,
  id: string,
  o: { status: 'declined' | 'erasing'; decidedBy: string; at: string },
): Promise<void> {
  await tx`
    update personal_erasures set status = ${o.status}, decided_by = ${o.decidedBy}, decided_at = ${o.at} where id = ${id}
  `;
}

/** One page, newest first, and how many there are. */
export async function listErasureRows(
  db: Db,
  { status, limit, offset }: { status: StoredErasure['status'] | undefined; limit: number; offset: number },
): Promise<{ erasures: StoredErasure[]; total: number }> {
  const filter = status === undefined ? db`` : db`where e.status = ${status}`;
  const [rows, counted] = await Promise.all([
    db<Row[]>`
      select ${columns(db)} from personal_erasures e ${filter}
      order by e.requested_at desc, e.id desc limit ${limit} offset ${offset}
    `,
    db<{ total: number }[]>`select count(*)::int as total from personal_erasures e ${filter}`,
  ]);
  return { erasures: rows.map(toErasure), total: counted[0]?.total ?? 0 };
}
