import type { Tx } from '@muster/db';
import type { DayContext } from '../../day-sources.ts';
import type { Deps } from '../../deps.ts';
import { plusDays } from '../../domain/days/wall-time.ts';
import { mondayOf, type WorkCalendar } from '../../domain/leave/count-leave.ts';
import { findSitesOf } from '../../sql/leave/find-sites-of.ts';
import { loadSiteHolidays } from '../../sql/leave/load-site-holidays.ts';

/** What somebody's days ask of them in the weeks around a leave, by their holidays and shifts as they are now; and since when they work here. */
export async function readWorkCalendar(
  tx: Tx,
  deps: Pick<Deps, 'clock' | 'daySources'>,
  employeeId: string,
  { from, to }: { from: string; to: string },
): Promise<WorkCalendar & Pick<DayContext, 'joinedOn' | 'leftOn'>> {
  // Whole weeks: whether shifts are planned in a week decides about all of it.
  const weeks = { employeeId, from: mondayOf(from), to: plusDays(mondayOf(to), 6) };
  const context = (await deps.daySources(tx, [weeks], deps.clock.now().epochMilliseconds)).get(employeeId);
  const site = (await findSitesOf(tx, [employeeId])).get(employeeId);
  const lists = site ? ((await loadSiteHolidays(tx, [site], from, to)).get(site)?.lists ?? []) : [];
  return {
    joinedOn: context?.joinedOn ?? null,
    leftOn: context?.leftOn ?? null,
    shifts: context?.shifts ?? [],
    holidays: context?.holidays ?? [],
    hasList: (date) => lists.some((list) => list.from <= date && date <= list.to),
  };
}
