import type { Holiday, HolidaysAnswer, HolidaysQuery } from '@muster/contracts/http/attendance-holidays';
import type { Actor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { daysOff } from '../../domain/leave/days-off.ts';
import { selectHolidays } from '../../sql/leave/holidays.ts';
import { getHolidayList } from './get-holiday-list.ts';

/** The days off of a list between two dates, in order. Throws `not_found`. */
export async function listHolidays(
  deps: Pick<Deps, 'sql'>,
  actor: Actor,
  id: string,
  { from, to }: HolidaysQuery,
): Promise<HolidaysAnswer> {
  const { weeklyOff } = await getHolidayList(deps, actor, id);
  const stored = (await selectHolidays(deps.sql, id, from, to)).filter(({ removed }) => !removed);
  const origins = new Map(stored.map((one) => [one.id, one.origin]));
  const days = daysOff(
    [{ listId: id, from, to, weeklyOff }],
    stored.map((one) => ({ ...one, listId: id })),
  );
  return {
    data: days.map(
      ({ id: dayId, date, name, kind }): Holiday => ({ date, name, kind, origin: origins.get(dayId) ?? 'WEEKDAY' }),
    ),
  };
}
