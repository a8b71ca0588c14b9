import type { Tx } from '@muster/db';
import type { Amendment, SessionState } from '../../domain/sync/amend-sessions.ts';

const columns = `id uuid, employee_id uuid, site_id uuid, check_in_punch_id uuid, check_out_punch_id uuid, check_in_at timestamptz,
  check_out_at timestamptz, date date, version integer, source text, zone text, auto_closed boolean, break_since timestamptz, flags text[]`;
const names = columns.replace(/ (uuid|timestamptz|date|integer|text|boolean)(\[\])?(?=,|$)/g, '');

const at = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
const json = (sessions: readonly SessionState[]): string =>
  JSON.stringify(
    sessions.map((one) => ({
      id: one.id,
      employee_id: one.employeeId,
      site_id: one.siteId,
      check_in_punch_id: one.inId,
      check_out_punch_id: one.outId,
      check_in_at: at(one.checkInAtMs),
      check_out_at: at(one.checkOutAtMs),
      date: one.date,
      version: one.version,
      source: one.source,
      zone: one.zone,
      auto_closed: one.auto,
      break_since: at(one.breakSinceMs),
      flags: one.flags,
    })),
  );

const byPerson = (a: SessionState, b: SessionState): number =>
  a.employeeId < b.employeeId ? -1 : a.employeeId > b.employeeId ? 1 : a.checkInAtMs - b.checkInAtMs;

/**
 * Writes an amendment. What closes goes first: a person has one open session at any moment. Throws a unique violation of
 * `attendance_sessions_open` when the door opened one meanwhile: then look again.
 */
export async function saveSessions(tx: Tx, { removed, changed, added }: Amendment): Promise<void> {
  const gone = removed.map(({ id }) => id);
  if (gone.length > 0) await tx`delete from attendance_sessions where id = any(${gone}::uuid[])`;
  const closing = changed.filter(({ checkOutAtMs }) => checkOutAtMs !== null);
  const opening = changed.filter(({ checkOutAtMs }) => checkOutAtMs === null);
  for (const some of [closing, opening]) if (some.length > 0) await update(tx, some);
  if (added.length > 0)
    await tx.unsafe(
      `insert into attendance_sessions (${names})
       select ${names} from json_to_recordset($1::text::json) as x (${columns})`,
      [json([...added].sort(byPerson))],
    );
}

async function update(tx: Tx, sessions: readonly SessionState[]): Promise<void> {
  await tx.unsafe(
    `update attendance_sessions s
     set check_out_at = x.check_out_at, check_out_punch_id = x.check_out_punch_id, version = x.version, site_id = x.site_id,
       date = x.date, auto_closed = x.auto_closed, break_since = x.break_since, flags = x.flags
     from json_to_recordset($1::text::json) as x (${columns}) where s.id = x.id`,
    [json(sessions)],
  );
}
