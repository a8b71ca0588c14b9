import type { Db, Sql } from '@muster/db';
import { v7 } from 'uuid';
import type { PunchType } from '../../src/domain/days/index.ts';
import { recomputeDays } from '../../src/verbs/recompute-days.ts';
import type { World } from '../harness.ts';

/** A punch of a device, on the date its UTC text begins with; returns its id. */
export async function punch(
  sql: Db,
  who: { employeeId: string; siteId: string },
  type: PunchType,
  at: string,
  o: { source?: string } = {},
): Promise<string> {
  const id = v7();
  await sql`
    insert into punches (id, employee_id, attendance_id, site_id, occurred_at, received_at, local_date, utc_offset_minutes,
      type, source, zone)
    values (${id}, ${who.employeeId}, ${v7()}, ${who.siteId}, ${at}, ${at}, ${at.slice(0, 10)}, 0, ${type},
      ${o.source ?? 'kiosk'}, 'Europe/Berlin')`;
  return id;
}

/** Derives days until nothing is queued. */
export async function drain(deps: World['deps']): Promise<void> {
  while ((await recomputeDays(deps)) > 0);
}

/** Every stored day of a person, as it is stored. */
export const storedDays = async (sql: Sql, employeeId: string): Promise<Record<string, unknown>[]> => [
  ...(await sql`select * from attendance_days where employee_id = ${employeeId} order by date`),
];
