import type { LeaveBalances, LeaveBalancesQuery } from '@muster/contracts/http/attendance-leave';
import type { Actor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { lastDayOfLeaveYear, leaveYearOf } from '../../domain/leave/leave-year.ts';
import { sumLeave } from '../../sql/leave/leave-accounts.ts';
import { selectActiveTypes } from '../../sql/leave/leave-types.ts';
import { findLeavePerson } from './find-leave-person.ts';

/** A person's leave of every active type, in the leave years a date lies in. Throws `not_found` for who is out of reach. */
export async function getLeaveBalances(
  deps: Pick<Deps, 'sql' | 'clock' | 'localDay' | 'defaultPlace'>,
  actor: Actor,
  query: LeaveBalancesQuery,
): Promise<LeaveBalances> {
  const { id: employeeId, person } = await findLeavePerson(deps, actor, 'leave.read', query.employeeId);
  const zone = person?.zone ?? deps.defaultPlace.zone;
  const on = query.on ?? deps.localDay(deps.clock.now().epochMilliseconds, zone).date;
  const types = await selectActiveTypes(deps.sql);
  const years = types.map(({ id, yearStartsIn }) => ({ typeId: id, leaveYear: leaveYearOf(on, yearStartsIn) }));
  const sums = new Map((await sumLeave(deps.sql, employeeId, years)).map((one) => [one.typeId, one]));
  return {
    employeeId,
    data: types.flatMap(({ id, name, entitlement, yearStartsIn }) => {
      const sum = sums.get(id);
      if (!sum) return [];
      const yearFrom = leaveYearOf(on, yearStartsIn);
      const days = {
        entitled: sum.entitled / 2,
        carriedIn: sum.carriedIn / 2,
        carriedOut: sum.carriedOut / 2,
        lapsed: sum.lapsed / 2,
        adjusted: sum.adjusted / 2,
        taken: sum.taken / 2,
        requested: sum.requested / 2,
        balance: sum.balance / 2,
      };
      const year = { yearFrom, yearTo: lastDayOfLeaveYear(yearFrom) };
      return [{ typeId: id, type: name, ...year, ...days, limited: entitlement !== null }];
    }),
  };
}
