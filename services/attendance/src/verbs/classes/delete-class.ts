import { insertOutbox, newEvent, withTransaction } from '@muster/db';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { classSnapshotOf } from '../../domain/classes/school-class.ts';
import { isoInstant } from '../../domain/instant.ts';
import { lockClass } from '../../sql/classes/lock-class.ts';
import { hideClass } from '../../sql/classes/save-class.ts';
import { noSuchClass } from './find-visible-class.ts';

/** Deletes a class; what was marked in it stays on record. Throws `not_found`. */
export async function deleteClass(deps: Deps, actor: Actor, id: string): Promise<void> {
  authorise(actor, 'classes.manage');
  const nowMs = deps.clock.now().epochMilliseconds;
  await withTransaction(deps.sql, async (tx) => {
    const before = await lockClass(tx, id);
    if (before === undefined) throw noSuchClass();
    await hideClass(tx, id, new Date(nowMs));
    const base = { version: before.version + 1, occurredAt: isoInstant(nowMs), actor: toEventActor(actor) };
    const event = { ...base, classId: id, before: classSnapshotOf(before) };
    await insertOutbox(tx, [newEvent('attendance.class-deleted.v1', event, { subject: id })]);
  });
  deps.relay.wake();
}
