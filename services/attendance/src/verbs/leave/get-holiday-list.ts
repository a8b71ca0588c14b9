import type { HolidayList } from '@muster/contracts/http/attendance-holidays';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { findHolidayList } from '../../sql/leave/holiday-lists.ts';
import { noSuchHolidayList } from './holiday-list-errors.ts';

/** One holiday list. Throws `not_found`. */
export async function getHolidayList(deps: Pick<Deps, 'sql'>, actor: Actor, id: string): Promise<HolidayList> {
  authorise(actor, 'holidays.read');
  const list = await findHolidayList(deps.sql, id);
  if (!list) throw noSuchHolidayList();
  return list;
}
