import type { Db, Tx } from '@muster/db';
import type { StoredRequest } from '../../domain/leave/stored-request.ts';

interface Row extends Omit<StoredRequest, 'askedAtMs' | 'decidedAtMs'> {
  askedAt: Date;
  decidedAt: Date | null;
}

const columns = (sql: Db) => sql`
  r.id, r.employee_id as "employeeId", r.type_id as "typeId", t.name as type, r.from_date as from, r.to_date as to,
  r.first_day as "firstDay", r.last_day as "lastDay", r.charged, r.status, r.note, r.asked_at as "askedAt",
  r.decided_at as "decidedAt", r.decision_note as "decisionNote", r.version`;

const toRequest = ({ askedAt, decidedAt, ...row }: Row): StoredRequest => ({
  ...row,
  askedAtMs: askedAt.getTime(),
  decidedAtMs: decidedAt?.getTime() ?? null,
});

const at = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

export async function insertLeaveRequest(
  tx: Tx,
  r: StoredRequest,
  by: { askedBy: string; decidedBy: string | null },
): Promise<void> {
  await tx`
    insert into leave_requests (id, employee_id, type_id, from_date, to_date, first_day, last_day, charged, status, note,
      asked_at, asked_by, decided_at, decided_by, version)
    values (${r.id}, ${r.employeeId}, ${r.typeId}, ${r.from}, ${r.to}, ${r.firstDay}, ${r.lastDay}, ${r.charged},
      ${r.status}, ${r.note}, ${at(r.askedAtMs)}, ${by.askedBy}, ${at(r.decidedAtMs)}, ${by.decidedBy}, ${r.version})`;
}

export async function findLeaveRequest(sql: Db, id: string): Promise<StoredRequest | undefined> {
  const [row] = await sql<Row[]>`
    select ${columns(sql)} from leave_requests r join leave_types t on t.id = r.type_id where r.id = ${id}`;
  return row && toRequest(row);
}

/** As {@link findLeaveRequest}, held until the transaction ends: of two who decide at once the second sees what the first did. */
export async function lockLeaveRequest(tx: Tx, id: string): Promise<StoredRequest | undefined> {
  await tx`select from leave_requests where id = ${id} for update`;
  return findLeaveRequest(tx, id);
}

/** Saves what became of a locked request. */
export async function saveLeaveDecision(tx: Tx, r: StoredRequest, decidedBy: string): Promise<void> {
  await tx`
    update leave_requests set status = ${r.status}, decided_at = ${at(r.decidedAtMs)}, decided_by = ${decidedBy},
      decision_note = ${r.decisionNote}, version = ${r.version}
    where id = ${r.id}`;
}

/** Saves what a locked request costs by now. */
export async function saveLeaveCost(tx: Tx, r: Pick<StoredRequest, 'id' | 'charged' | 'version'>): Promise<void> {
  await tx`update leave_requests set charged = ${r.charged}, version = ${r.version} where id = ${r.id}`;
}

export interface RequestFilter {
  /** One person. */
  employeeId?: string | undefined;
  /** This manager's own requests, and those of everybody below them. */
  managerId?: string | undefined;
  siteId?: string | undefined;
  typeId?: string | undefined;
  status?: StoredRequest['status'] | undefined;
  /** Requests that touch these dates. */
  from?: string | undefined;
  to?: string | undefined;
  /** Ids below this one. */
  before?: string | undefined;
  limit: number;
}

/** Requests, newest first. Each shape walks an index backwards from the cursor, per person where people are named. */
export async function selectLeaveRequests(sql: Db, f: RequestFilter): Promise<StoredRequest[]> {
  const matches = sql`
    ${f.before === undefined ? sql`true` : sql`r.id < ${f.before}`}
    ${f.status === undefined ? sql`` : sql`and r.status = ${f.status}`}
    ${f.typeId === undefined ? sql`` : sql`and r.type_id = ${f.typeId}`}
    ${f.from === undefined ? sql`` : sql`and r.to_date >= ${f.from}`}
    ${f.to === undefined ? sql`` : sql`and r.from_date <= ${f.to}`}
    ${f.employeeId === undefined ? sql`` : sql`and r.employee_id = ${f.employeeId}`}
    ${f.siteId === undefined ? sql`` : sql`and r.employee_id in (select id from people where site_id = ${f.siteId})`}`;
  const rows =
    f.managerId === undefined
      ? await sql<Row[]>`
          select ${columns(sql)} from leave_requests r join leave_types t on t.id = r.type_id
          where ${matches} order by r.id desc limit ${f.limit}`
      : await sql<Row[]>`
          with recursive below (id) as (
            select ${f.managerId}::uuid
            union
            select p.id from people p join below on p.manager_id = below.id
          )
          select ${columns(sql)} from below cross join lateral (
            select * from leave_requests r where r.employee_id = below.id and ${matches}
            order by r.id desc limit ${f.limit}
          ) r join leave_types t on t.id = r.type_id
          order by r.id desc limit ${f.limit}`;
  return rows.map(toRequest);
}
