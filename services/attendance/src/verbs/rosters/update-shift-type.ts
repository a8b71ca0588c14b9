import { AppError, foldText, matchVersion } from '@muster/contracts';
import type { ShiftTypeView, UpdateShiftTypeBody } from '@muster/contracts/http/attendance-shifts';
import { insertOutbox, newEvent, withTransaction } from '@muster/db';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { changeShiftType } from '../../domain/rosters/change-shift-type.ts';
import { plannedThrough } from '../../domain/rosters/planned-through.ts';
import { queueHeadcountOfAll } from '../../sql/rosters/headcount-queue.ts';
import { queueDaysOfShiftType } from '../../sql/rosters/queue-days-of-shift-type.ts';
import { lockShiftType, type StoredShiftType, saveShiftType } from '../../sql/rosters/shift-types.ts';
import { latestOf, noSuchShiftType, shiftNameTaken, shiftTypeAfter, shiftTypeView } from './shift-type-view.ts';

/**
 * Changes a shift type for shifts from a date on; the days from then on are derived again, earlier ones stay as they are. A change that
 * changes nothing leaves version and outbox alone.
 * @throws AppError not_found, version_mismatch, name_taken, conflict (retired)
 */
export async function updateShiftType(
  deps: Deps,
  actor: Actor,
  id: string,
  { validFrom, ...change }: UpdateShiftTypeBody,
  ifMatch?: string,
): Promise<ShiftTypeView> {
  authorise(actor, 'shifts.manage');
  const now = deps.clock.now();
  const from = validFrom ?? deps.localDay(now.epochMilliseconds, deps.defaultPlace.zone).date;
  try {
    const type = await withTransaction(deps.sql, async (tx): Promise<StoredShiftType> => {
      const before = await lockShiftType(tx, id);
      if (!before) throw noSuchShiftType();
      matchVersion(ifMatch, before.version);
      if (before.retiredAt) throw new AppError('conflict', 'This shift type is retired.');
      const versions = changeShiftType(before.versions, change, from);
      if (versions === before.versions) return before;
      const after = { ...before, versions, version: before.version + 1 };
      const { name } = latestOf(after);
      await saveShiftType(tx, after, name, foldText(name));
      await queueDaysOfShiftType(tx, id, from, plannedThrough(now.epochMilliseconds));
      await queueHeadcountOfAll(tx);
      const data = { version: after.version, occurredAt: now.toString(), actor: toEventActor(actor) };
      await insertOutbox(tx, [
        newEvent('attendance.shift-type-changed.v1', { ...data, ...shiftTypeAfter(after, from) }),
      ]);
      return after;
    });
    deps.relay.wake();
    return shiftTypeView(type);
  } catch (error) {
    throw shiftNameTaken(error);
  }
}
