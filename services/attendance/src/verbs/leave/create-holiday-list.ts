import type { CreateHolidayListBody, HolidayList } from '@muster/contracts/http/attendance-holidays';
import { insertOutbox, newEvent, newId, withIdempotency } from '@muster/db';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { insertHolidayList } from '../../sql/leave/holiday-lists.ts';
import { holidayListTaken } from './holiday-list-errors.ts';
import { saidBy } from './said-by.ts';

/** Creates an empty holiday list. Throws `name_taken`, `idempotency_mismatch`, `request_in_progress`. */
export async function createHolidayList(
  deps: Deps,
  actor: Actor,
  body: CreateHolidayListBody,
  key: string | undefined,
): Promise<HolidayList> {
  authorise(actor, 'holidays.manage');
  const list: HolidayList = { id: newId(), name: body.name, weeklyOff: body.weeklyOff.toSorted(), version: 1 };
  const { name, weeklyOff } = list;
  try {
    const answer = await withIdempotency({
      sql: deps.sql,
      scope: `POST /api/holidays ${actor.id}`,
      key,
      request: body,
      run: async (tx) => {
        await insertHolidayList(tx, list);
        const data = { ...saidBy(deps, actor, 1), listId: list.id, name, weeklyOff };
        await insertOutbox(tx, [newEvent('attendance.holiday-list-created.v1', data)]);
        return { status: 201, body: list };
      },
    });
    deps.relay.wake();
    return answer.body as HolidayList;
  } catch (error) {
    throw holidayListTaken(error);
  }
}
