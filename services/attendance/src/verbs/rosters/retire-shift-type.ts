import { foldText } from '@muster/contracts';
import { insertOutbox, newEvent, withTransaction } from '@muster/db';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { lockShiftType, saveShiftType } from '../../sql/rosters/shift-types.ts';
import { latestOf, noSuchShiftType } from './shift-type-view.ts';

/**
 * Retires a shift type: nobody is planned for it any more, what was planned stays, and its name is free again. Doing it again changes
 * nothing.
 * @throws AppError not_found
 */
export async function retireShiftType(deps: Deps, actor: Actor, id: string): Promise<void> {
  authorise(actor, 'shifts.manage');
  const now = deps.clock.now();
  await withTransaction(deps.sql, async (tx) => {
    const before = await lockShiftType(tx, id);
    if (!before) throw noSuchShiftType();
    if (before.retiredAt) return;
    const after = { ...before, version: before.version + 1, retiredAt: new Date(now.epochMilliseconds) };
    const { name } = latestOf(after);
    await saveShiftType(tx, after, name, foldText(name));
    const data = { version: after.version, occurredAt: now.toString(), actor: toEventActor(actor), shiftTypeId: id };
    await insertOutbox(tx, [newEvent('attendance.shift-type-retired.v1', data)]);
  });
  deps.relay.wake();
}
