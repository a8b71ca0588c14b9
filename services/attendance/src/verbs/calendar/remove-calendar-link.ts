import { insertOutbox, newEvent, withTransaction } from '@muster/db';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { deleteCalendarLink } from '../../sql/calendar/calendar-links.ts';

/** Ends the actor's calendar address: whoever knows it gets 404 from now on. Without one nothing changes. */
export async function removeCalendarLink(deps: Deps, actor: Actor): Promise<void> {
  authorise(actor, 'calendar.link');
  const occurredAt = deps.clock.now().toString();
  await withTransaction(deps.sql, async (tx) => {
    const before = await deleteCalendarLink(tx, actor.id);
    if (before === undefined) return;
    const data = { version: before + 1, occurredAt, actor: toEventActor(actor), employeeId: actor.id };
    await insertOutbox(tx, [newEvent('attendance.calendar-link-removed.v1', data)]);
  });
  deps.relay.wake();
}
