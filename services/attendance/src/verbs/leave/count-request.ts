import type { Tx } from '@muster/db';
import type { Deps } from '../../deps.ts';
import { plusDays } from '../../domain/days/wall-time.ts';
import { countLeave, type LeaveHalf, type LeaveSpan, mondayOf } from '../../domain/leave/count-leave.ts';
import type { StoredLeaveType } from '../../domain/leave/leave-type.ts';
import { findSitesOf } from '../../sql/leave/find-sites-of.ts';
import { loadSiteHolidays } from '../../sql/leave/load-site-holidays.ts';
import { refuse } from './leave-errors.ts';

/** The half days a leave of somebody takes, by their holidays and shifts as they are now. Throws `invalid_input`. */
export async function countRequest(
  tx: Tx,
  deps: Pick<Deps, 'clock' | 'daySources'>,
  employeeId: string,
  type: StoredLeaveType,
  span: LeaveSpan,
): Promise<LeaveHalf[]> {
  if (!type.halfDays && span.firstDay !== 'FULL') throw refuse('firstDay', 'This type is taken in whole days');
  if (!type.halfDays && span.lastDay !== 'FULL') throw refuse('lastDay', 'This type is taken in whole days');
  // Whole weeks: whether shifts are planned in a week decides about all of it.
  const weeks = { employeeId, from: mondayOf(span.from), to: plusDays(mondayOf(span.to), 6) };
  const context = (await deps.daySources(tx, [weeks], deps.clock.now().epochMilliseconds)).get(employeeId);
  if (context?.joinedOn && span.from < context.joinedOn) throw refuse('from', 'must not lie before the employment');
  if (context?.leftOn && span.to > context.leftOn) throw refuse('to', 'must not lie behind the employment');
  const site = (await findSitesOf(tx, [employeeId])).get(employeeId);
  const lists = site ? ((await loadSiteHolidays(tx, [site], span.from, span.to)).get(site)?.lists ?? []) : [];
  const halves = countLeave(span, type, {
    shifts: context?.shifts ?? [],
    holidays: context?.holidays ?? [],
    hasList: (date) => lists.some(({ from, to }) => from <= date && date <= to),
  });
  if (!halves.some(({ charged }) => charged)) throw refuse('from', 'All of these days are off anyway');
  return halves;
}
