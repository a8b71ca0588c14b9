import type { Db } from '@muster/db';
import type { ShiftDefinition } from '../../domain/rosters/shift-type-history.ts';

/** Wall times of a zone on a date, and when that is: Unix milliseconds, as the time-zone database said when it was planned. */
export interface PlannedInstants {
  zone: string;
  date: string;
  start: string;
  end: string;
  startMs: number;
  endMs: number;
}

/** Zones in which somebody is planned for, and every version of every shift type that may be planned or is. */
export async function listPlannedTimes(
  db: Db,
  from: string,
): Promise<{ zones: string[]; definitions: ShiftDefinition[] }> {
  const zones = await db<{ zone: string }[]>`
    select distinct zone from shift_assignments where to_date is null or to_date >= ${from}
    union select distinct zone from roster_days where date >= ${from}`;
  const definitions = await db<{ definition: ShiftDefinition }[]>`select definition from shift_type_versions`;
  return { zones: zones.map(({ zone }) => zone), definitions: definitions.map(({ definition }) => definition) };
}

/** Up to which date the instants of wall times are kept, by `zone start end`. */
export async function listKeptThrough(db: Db, from: string): Promise<Map<string, string>> {
  const rows = await db<{ key: string; through: string }[]>`
    select concat_ws(' ', zone, start_time, end_time) as key, max(date) as through from planned_instants
    where date >= ${from} group by zone, start_time, end_time`;
  return new Map(rows.map(({ key, through }) => [key, through]));
}

/** Keeps instants; those that are kept already stay as they are, whatever a newer time-zone database says. */
export async function keepPlannedInstants(db: Db, instants: readonly PlannedInstants[]): Promise<void> {
  await db`
    insert into planned_instants (zone, date, start_time, end_time, starts_at, ends_at)
    select i.zone, i.date, i.start, i.end, to_timestamp(i."startMs" / 1000), to_timestamp(i."endMs" / 1000)
    from json_to_recordset(${JSON.stringify(instants)}::text::json) as i (zone text, date date, start text, "end" text,
      "startMs" float8, "endMs" float8)
    on conflict do nothing`;
}

/** Everything that is kept from a date on. */
export async function listPlannedInstants(db: Db, from: string): Promise<PlannedInstants[]> {
  return db<PlannedInstants[]>`
    select zone, date, start_time as start, end_time as end, (extract(epoch from starts_at) * 1000)::float8 as "startMs",
      (extract(epoch from ends_at) * 1000)::float8 as "endMs"
    from planned_instants where date >= ${from} order by date, zone, start_time, end_time`;
}

/** Keeps what the time-zone database says by now instead of what it said. */
export async function replacePlannedInstants(db: Db, instants: readonly PlannedInstants[]): Promise<void> {
  await db`
    update planned_instants p set starts_at = to_timestamp(i."startMs" / 1000), ends_at = to_timestamp(i."endMs" / 1000)
    from json_to_recordset(${JSON.stringify(instants)}::text::json) as i (zone text, date date, start text, "end" text,
      "startMs" float8, "endMs" float8)
    where p.zone = i.zone and p.date = i.date and p.start_time = i.start and p.end_time = i.end`;
}

/** Forgets instants before a date: what is over moves no more. */
export async function forgetPlannedInstants(db: Db, before: string): Promise<void> {
  await db`delete from planned_instants where date < ${before}`;
}

/** People after an id who are planned for between two dates, in order of id. */
export async function listPlannedPeople(
  db: Db,
  o: { from: string; to: string; afterId: string; limit: number },
): Promise<string[]> {
  const rows = await db<{ id: string }[]>`
    select id from people p where p.id > ${o.afterId} and p.status = 'active' and (
      exists (select from shift_assignments a where a.employee_id = p.id
        and daterange(a.from_date, a.to_date, '[]') && daterange(${o.from}::date, ${o.to}::date, '[]'))
      or exists (select from roster_days d where d.employee_id = p.id and d.date between ${o.from} and ${o.to}))
    order by p.id limit ${o.limit}`;
  return rows.map(({ id }) => id);
}
