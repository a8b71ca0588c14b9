import { systemActor } from '@muster/contracts';
import type { Deps } from '../../deps.ts';
import { plusDays } from '../../domain/days/wall-time.ts';
import { leaveYearOf } from '../../domain/leave/leave-year.ts';
import { localDay } from '../../domain/local-day.ts';
import { selectGrantedTypes } from '../../sql/leave/leave-types.ts';
import { carryOverLeave } from './carry-over-leave.ts';
import { grantLeaveYear } from './grant-leave-year.ts';
import { lapseLeave } from './lapse-leave.ts';

/** How long before a leave year begins it is granted, days. */
const ahead = 92;

/**
 * What the calendar does to balances: grants this leave year and, a quarter ahead, the next one; carries over what is left of those
 * that are over, and lets lapse what was carried over and not used. Any process may run it on any day, as often as it likes. A day is
 * over when it is over everywhere on Earth.
 */
export async function turnLeaveYears(deps: Pick<Deps, 'sql' | 'clock' | 'relay'>): Promise<void> {
  const now = deps.clock.now().epochMilliseconds;
  const [first, last] = [localDay(now, 'Etc/GMT-14').date, localDay(now, 'Etc/GMT+12').date];
  const by = { actor: systemActor, actorId: null };
  for (const type of await selectGrantedTypes(deps.sql)) {
    const years = [last, plusDays(first, ahead)].map((date) => leaveYearOf(date, type.yearStartsIn));
    for (const leaveYear of new Set(years)) await grantLeaveYear(deps, type, leaveYear, by);
    await carryOverLeave(deps, type, last);
    await lapseLeave(deps, type.id, last);
  }
}
