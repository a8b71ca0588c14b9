import type { Db, Tx } from '@muster/db';
import type { OpenShift } from '../../domain/open-shifts/open-shift.ts';

type Row = Omit<OpenShift, 'startsAtMs' | 'endsAtMs' | 'giveBackUntilMs' | 'postedAtMs'> & {
  startsAt: Date;
  endsAt: Date;
  giveBackUntil: Date;
  postedAt: Date;
};

const columns = (sql: Db) => sql`
  o.id, o.site_id as "siteId", o.date, o.shift_id as "shiftId", o.name, o.zone, o.starts_at as "startsAt",
  o.ends_at as "endsAt", o.give_back_until as "giveBackUntil", o.places, o.taken, o.needs_approval as "needsApproval",
  o.note, o.status, o.posted_by as "postedBy", o.posted_at as "postedAt", o.version`;

const toOpenShift = <R extends Row>({ startsAt, endsAt, giveBackUntil, postedAt, ...row }: R) => ({
  ...row,
  startsAtMs: startsAt.getTime(),
  endsAtMs: endsAt.getTime(),
  giveBackUntilMs: giveBackUntil.getTime(),
  postedAtMs: postedAt.getTime(),
});

/** Stores a new open shift. */
export async function insertOpenShift(tx: Tx, o: OpenShift): Promise<void> {
  const at = (ms: number): Date => new Date(ms);
  await tx`
    insert into open_shifts (id, site_id, date, shift_id, name, zone, starts_at, ends_at, give_back_until, places, taken,
      needs_approval, note, status, posted_by, posted_at, version)
    values (${o.id}, ${o.siteId}, ${o.date}, ${o.shiftId}, ${o.name}, ${o.zone}, ${at(o.startsAtMs)}, ${at(o.endsAtMs)},
      ${at(o.giveBackUntilMs)}, ${o.places}, ${o.taken}, ${o.needsApproval}, ${o.note}, ${o.status}, ${o.postedBy},
      ${at(o.postedAtMs)}, ${o.version})`;
}

/** One open shift by id. */
export async function findOpenShift(sql: Db, id: string): Promise<OpenShift | undefined> {
  const [row] = await sql<Row[]>`select ${columns(sql)} from open_shifts o where id = ${id}`;
  return row && toOpenShift(row);
}

export interface OpenShiftFilter {
  siteId?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  status?: string | undefined;
  before?: string | undefined;
  limit: number;
  /** Whose latest pick is told with each. */
  reader: string;
}

/** Open shifts, newest first: an index backwards from the cursor. */
export async function listOpenShifts(
  sql: Db,
  { siteId, from, to, status, before, limit, reader }: OpenShiftFilter,
): Promise<(OpenShift & { mine: 'WAITING' | 'TAKEN' | 'REFUSED' | 'GIVEN_BACK' | null })[]> {
  const rows = await sql<(Row & { mine: 'WAITING' | 'TAKEN' | 'REFUSED' | 'GIVEN_BACK' | null })[]>`
    select ${columns(sql)}, (
      select p.status from open_shift_picks p where p.open_shift_id = o.id and p.employee_id = ${reader}
      order by p.id desc limit 1
    ) as mine
    from open_shifts o where true
      ${siteId === undefined ? sql`` : sql`and o.site_id = ${siteId}`}
      ${before === undefined ? sql`` : sql`and o.id < ${before}`}
      ${from === undefined ? sql`` : sql`and o.date >= ${from}`}
      ${to === undefined ? sql`` : sql`and o.date <= ${to}`}
      ${status === undefined ? sql`` : sql`and o.status = ${status}`}
    order by o.id desc limit ${limit}`;
  return rows.map((row) => toOpenShift(row));
}

/** Takes one of its free places until the shift begins. Undefined: none is left, it was closed, or it has begun. */
export async function takePlace(tx: Tx, id: string, nowMs: number): Promise<OpenShift | undefined> {
  const [row] = await tx<Row[]>`
    update open_shifts o set taken = taken + 1, version = version + 1
    where id = ${id} and status = 'OPEN' and taken < places and starts_at > ${new Date(nowMs)} returning ${columns(tx)}`;
  return row && toOpenShift(row);
}

/** Frees a place that somebody had. */
export async function freePlace(tx: Tx, id: string): Promise<OpenShift | undefined> {
  const [row] = await tx<Row[]>`
    update open_shifts o set taken = taken - 1, version = version + 1 where id = ${id} returning ${columns(tx)}`;
  return row && toOpenShift(row);
}

/** Ends picking up; who has a place keeps it. Undefined when it was closed before. */
export async function closeOpenShift(tx: Tx, id: string): Promise<OpenShift | undefined> {
  const [row] = await tx<Row[]>`
    update open_shifts o set status = 'CLOSED', version = version + 1
    where id = ${id} and status = 'OPEN' returning ${columns(tx)}`;
  return row && toOpenShift(row);
}
