import { type Page, toPage } from '@muster/contracts';
import type { HolidayList } from '@muster/contracts/http/attendance-holidays';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { selectHolidayLists } from '../../sql/leave/holiday-lists.ts';

/** Holiday lists by name. */
export async function listHolidayLists(
  deps: Pick<Deps, 'sql'>,
  actor: Actor,
  query: { page: number; limit: number },
): Promise<Page<HolidayList>> {
  authorise(actor, 'holidays.read');
  const { page, limit } = query;
  const { lists, total } = await selectHolidayLists(deps.sql, { limit, offset: (page - 1) * limit });
  return toPage(lists, total, query);
}
