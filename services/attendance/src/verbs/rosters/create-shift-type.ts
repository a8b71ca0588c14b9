import { foldText } from '@muster/contracts';
import type { CreateShiftTypeBody, ShiftTypeView } from '@muster/contracts/http/attendance-shifts';
import { insertOutbox, newEvent, newId, withIdempotency } from '@muster/db';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { alwaysBefore } from '../../domain/rosters/change-shift-type.ts';
import { insertShiftType, type StoredShiftType } from '../../sql/rosters/shift-types.ts';
import { shiftNameTaken, shiftTypeAfter, shiftTypeView } from './shift-type-view.ts';

/**
 * Creates a shift type.
 * @throws AppError name_taken, idempotency_mismatch, request_in_progress
 */
export async function createShiftType(
  deps: Deps,
  actor: Actor,
  body: CreateShiftTypeBody,
  key?: string,
): Promise<ShiftTypeView> {
  authorise(actor, 'shifts.manage');
  const versions = [{ validFrom: alwaysBefore, definition: body }];
  const type: StoredShiftType = { id: newId(), version: 1, retiredAt: null, versions };
  try {
    const answer = await withIdempotency({
      sql: deps.sql,
      scope: `POST /api/shifts ${actor.id}`,
      key,
      request: body,
      run: async (tx) => {
        await insertShiftType(tx, type, body.name, foldText(body.name));
        const data = { version: 1, occurredAt: deps.clock.now().toString(), actor: toEventActor(actor) };
        await insertOutbox(tx, [newEvent('attendance.shift-type-created.v1', { ...data, ...shiftTypeAfter(type) })]);
        return { status: 201, body: shiftTypeView(type) };
      },
    });
    deps.relay.wake();
    return answer.body as ShiftTypeView;
  } catch (error) {
    throw shiftNameTaken(error);
  }
}
