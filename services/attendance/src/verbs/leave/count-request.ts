import type { Tx } from '@muster/db';
import type { Deps } from '../../deps.ts';
import { countLeave, type LeaveHalf, type LeaveSpan } from '../../domain/leave/count-leave.ts';
import type { StoredLeaveType } from '../../domain/leave/leave-type.ts';
import { refuse } from './leave-errors.ts';
import { readWorkCalendar } from './read-work-calendar.ts';

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
  const { joinedOn, leftOn, ...calendar } = await readWorkCalendar(tx, deps, employeeId, span);
  if (joinedOn && span.from < joinedOn) throw refuse('from', 'must not lie before the employment');
  if (leftOn && span.to > leftOn) throw refuse('to', 'must not lie behind the employment');
  const halves = countLeave(span, type, calendar);
  if (!halves.some(({ charged }) => charged)) throw refuse('from', 'All of these days are off anyway');
  return halves;
}
