import { v7 } from 'uuid';
import type { DaySources } from '../../src/day-sources.ts';
import type { HolidayDay, LeaveDay, PlannedShift, ShiftType } from '../../src/domain/days/index.ts';
import { storedSources } from '../../src/sources/index.ts';
import { recomputeDays } from '../../src/verbs/recompute-days.ts';
import { dayShift } from '../days/scenario.ts';
import type { World } from '../harness.ts';

export interface Planned {
  shifts?: (date: string) => ShiftType | null;
  leave?: readonly LeaveDay[];
  holidays?: readonly HolidayDay[];
}

export const nineToFive: ShiftType = { ...dayShift, name: 'Day' };
export const onWeekdays = (date: string): ShiftType | null =>
  Temporal.PlainDate.from(date).dayOfWeek < 6 ? nineToFive : null;

/** What the service's own tables say, and a plan beside them for everybody. */
export const planning =
  ({ shifts = () => null, leave = [], holidays = [] }: Planned, zone = 'Europe/Berlin'): DaySources =>
  async (db, ranges, nowMs) => {
    const contexts = await storedSources(db, ranges, nowMs);
    for (const { employeeId, from, to } of ranges) {
      const context = contexts.get(employeeId);
      if (!context) continue;
      const planned: PlannedShift[] = [];
      for (let date = Temporal.PlainDate.from(from); `${date}` <= to; date = date.add({ days: 1 })) {
        const shift = shifts(`${date}`);
        if (shift) planned.push({ date: `${date}`, zone, shift, source: 'ASSIGNMENT' });
      }
      Object.assign(context, { shifts: planned, leave, holidays });
    }
    return contexts;
  };

/** A punch at an instant with an offset: its date is the one it is written with. */
export async function punch(world: World, employeeId: string, type: string, at: string): Promise<string> {
  const id = v7();
  const zone = 'Europe/Berlin';
  await world.sql`
    insert into punches (id, employee_id, attendance_id, site_id, occurred_at, received_at, local_date, utc_offset_minutes,
      type, source, zone)
    values (${id}, ${employeeId}, ${v7()}, ${v7()}, ${new Date(at).toISOString()}, now(), ${at.slice(0, 10)}, 60, ${type}, 'kiosk',
      ${zone})`;
  return id;
}

/** In at one instant, out at another. */
export async function stay(world: World, employeeId: string, from: string, to: string): Promise<void> {
  await punch(world, employeeId, 'IN', from);
  await punch(world, employeeId, 'OUT', to);
}

export async function drain(world: World, daySources: DaySources): Promise<void> {
  while ((await recomputeDays({ ...world.deps, daySources })) > 0);
}
