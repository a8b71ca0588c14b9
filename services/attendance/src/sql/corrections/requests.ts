import type { Db, Tx } from '@muster/db';
import type { StoredRequest } from '../../domain/corrections/request.ts';
import { peopleBelow } from '../people-below.ts';
import type { WhoseRows } from './list-dated-rows.ts';

const columns = (sql: Db) => sql`
  r.id, r.employee_id as "employeeId", r.change, r.target_id as "targetId", floor(extract(epoch from r.target_at) * 1000)::float8 as "targetAtMs", r.type,
  floor(extract(epoch from r.occurred_at) * 1000)::float8 as "occurredAtMs", r.reason, r.status, r.asked_by as "askedBy", floor(extract(epoch from r.asked_at) * 1000)::float8 as "askedAtMs", r.decided_by as "decidedBy",
  floor(extract(epoch from r.decided_at) * 1000)::float8 as "decidedAtMs", r.note, r.effect, r.version`;

const at = (ms: number | null): Date | null => (ms === null ? null : new Date(ms));

/** Stores a request as it is. Throws the database's unique violation while another one about the same punch is pending. */
export async function insertRequest(tx: Tx, r: StoredRequest): Promise<void> {
  await tx`
    insert into correction_requests (id, employee_id, change, target_id, target_at, type, occurred_at, reason, status, asked_by,
      asked_at, decided_by, decided_at, note, effect)
    values (${r.id}, ${r.employeeId}, ${r.change}, ${r.targetId}, ${at(r.targetAtMs)}, ${r.type}, ${at(r.occurredAtMs)}, ${r.reason}, ${r.status},
      ${r.askedBy}, ${at(r.askedAtMs)}, ${r.decidedBy}, ${at(r.decidedAtMs)}, ${r.note}, ${r.effect})`;
}

export interface RequestDecision {
  id: string;
  status: 'approved' | 'rejected' | 'withdrawn';
  by: string;
  /** Unix milliseconds. */
  atMs: number;
  note: string | null;
}

/** Decides a pending request: of all who try at once, one gets it back, the others undefined. */
export async function decideRequest(tx: Tx, o: RequestDecision): Promise<StoredRequest | undefined> {
  const [row] = await tx<StoredRequest[]>`
    update correction_requests r
    set status = ${o.status}, decided_by = ${o.by}, decided_at = ${at(o.atMs)}, note = ${o.note}, version = version + 1
    where r.id = ${o.id} and r.status = 'pending' returning ${columns(tx)}`;
  return row;
}

/** Keeps what an approval changed: the days before and after, as JSON. */
export async function keepEffect(tx: Tx, id: string, effect: string): Promise<void> {
  await tx`update correction_requests set effect = ${effect} where id = ${id}`;
}

export async function findRequest(sql: Db, id: string): Promise<StoredRequest | undefined> {
  const [row] = await sql<StoredRequest[]>`select ${columns(sql)} from correction_requests r where r.id = ${id}`;
  return row;
}

/** Requests, newest first: each page is `limit` steps of an index, a person where a manager asks. */
export async function listRequests(
  sql: Db,
  { employeeId, managerId }: WhoseRows,
  o: { status?: StoredRequest['status'] | undefined; beyond?: string | undefined; limit: number },
): Promise<StoredRequest[]> {
  const matches = sql`true ${o.beyond === undefined ? sql`` : sql`and r.id < ${o.beyond}`}
    ${o.status === undefined ? sql`` : o.status === 'pending' ? sql`and r.status = 'pending'` : sql`and r.status = ${o.status}`}`;
  if (managerId === undefined)
    return sql<StoredRequest[]>`
      select ${columns(sql)} from correction_requests r
      where ${matches} ${employeeId === undefined ? sql`` : sql`and r.employee_id = ${employeeId}`}
      order by r.id desc limit ${o.limit}`;
  return sql<StoredRequest[]>`
    ${peopleBelow(sql, managerId)}
    select ${columns(sql)} from below b cross join lateral (
      select * from correction_requests r where r.employee_id = b.id and ${matches} order by r.id desc limit ${o.limit}
    ) r
    where true ${employeeId === undefined ? sql`` : sql`and b.id = ${employeeId}`}
    order by r.id desc limit ${o.limit}`;
}

/** Makes an approved request a fact, under the same id: the key refuses a second one. */
export async function insertCorrection(tx: Tx, r: StoredRequest): Promise<void> {
  await tx`
    insert into corrections (id, employee_id, change, target_id, type, occurred_at, decided_at, decided_by, reason)
    values (${r.id}, ${r.employeeId}, ${r.change}, ${r.targetId}, ${r.type}, ${at(r.occurredAtMs)}, ${at(r.decidedAtMs)}, ${r.decidedBy},
      ${r.reason})`;
}
