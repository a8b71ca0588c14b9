import type { Db, Tx } from '@muster/db';
import type { Pick } from '../../domain/open-shifts/open-shift.ts';

type Row = Omit<Pick, 'pickedAtMs' | 'decidedAtMs'> & { pickedAt: Date; decidedAt: Date | null };

const columns = (sql: Db) => sql`
  id, open_shift_id as "openShiftId", employee_id as "employeeId", status, picked_at as "pickedAt", decided_at as "decidedAt",
  version`;
const toPick = ({ pickedAt, decidedAt, ...row }: Row): Pick => ({
  ...row,
  pickedAtMs: pickedAt.getTime(),
  decidedAtMs: decidedAt?.getTime() ?? null,
});

/** Stores a pick. Refused by `open_shift_picks_place` for somebody who has a place of this shift. */
export async function insertPick(tx: Tx, pick: Pick): Promise<void> {
  await tx`
    insert into open_shift_picks (id, open_shift_id, employee_id, status, picked_at, version)
    values (${pick.id}, ${pick.openShiftId}, ${pick.employeeId}, ${pick.status}, ${new Date(pick.pickedAtMs)},
      ${pick.version})`;
}

/** A person's latest pick of an open shift. */
export async function findPick(sql: Db, openShiftId: string, employeeId: string): Promise<Pick | undefined> {
  const [row] = await sql<Row[]>`
    select ${columns(sql)} from open_shift_picks where open_shift_id = ${openShiftId} and employee_id = ${employeeId}
    order by id desc limit 1`;
  return row && toPick(row);
}

/** Every pick of an open shift, oldest first. There are as many as people who wanted it. */
export async function listPicks(sql: Db, openShiftId: string, limit: number): Promise<Pick[]> {
  const rows = await sql<Row[]>`
    select ${columns(sql)} from open_shift_picks where open_shift_id = ${openShiftId} order by id limit ${limit}`;
  return rows.map(toPick);
}

/** Moves a pick on, if it is still `from`. Undefined: somebody was first. `decidedBy`: null where the person did it. */
export async function movePick(
  tx: Tx,
  id: string,
  move: { from: Pick['status']; to: Pick['status']; nowMs: number; decidedBy: string | null },
): Promise<Pick | undefined> {
  const decision =
    move.decidedBy === null ? tx`` : tx`, decided_at = ${new Date(move.nowMs)}, decided_by = ${move.decidedBy}`;
  const [row] = await tx<Row[]>`
    update open_shift_picks set status = ${move.to}, version = version + 1 ${decision}
    where id = ${id} and status = ${move.from} returning ${columns(tx)}`;
  return row && toPick(row);
}
