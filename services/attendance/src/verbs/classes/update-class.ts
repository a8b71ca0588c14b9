import type { ClassView, UpdateClassBody } from '@muster/contracts/http/attendance';
import { insertOutbox, newEvent, withTransaction } from '@muster/db';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { changeClass, classSnapshotOf, without } from '../../domain/classes/school-class.ts';
import { isoInstant } from '../../domain/instant.ts';
import { lockClass } from '../../sql/classes/lock-class.ts';
import { saveClass } from '../../sql/classes/save-class.ts';
import { checkClassPeople } from './check-class-people.ts';
import { classTaken } from './class-taken.ts';
import { noSuchClass } from './find-visible-class.ts';
import { readClass } from './read-class.ts';

/**
 * Changes a class; people it names already may stay though they left since. One that changes nothing leaves version and
 * outbox alone. Throws `not_found`, `invalid_input`, `name_taken`.
 */
export async function updateClass(deps: Deps, actor: Actor, id: string, body: UpdateClassBody): Promise<ClassView> {
  authorise(actor, 'classes.manage');
  const nowMs = deps.clock.now().epochMilliseconds;
  try {
    const view = await withTransaction(deps.sql, async (tx) => {
      const before = await lockClass(tx, id);
      if (before === undefined) throw noSuchClass();
      const { siteId } = body;
      const teacherIds = without(body.teacherIds ?? [], before.teacherIds);
      const memberIds = without(body.memberIds ?? [], before.memberIds);
      await checkClassPeople(deps, tx, { siteId, teacherIds, memberIds });
      const after = changeClass(before, body);
      if (after !== before) {
        await saveClass(tx, after, new Date(nowMs));
        const event = {
          version: after.version,
          occurredAt: isoInstant(nowMs),
          actor: toEventActor(actor),
          classId: id,
          before: classSnapshotOf(before),
          after: classSnapshotOf(after),
          joined: without(after.memberIds, before.memberIds),
          left: without(before.memberIds, after.memberIds),
        };
        await insertOutbox(tx, [newEvent('attendance.class-updated.v1', event, { subject: id })]);
      }
      return readClass(deps, tx, id);
    });
    deps.relay.wake();
    return view;
  } catch (error) {
    throw classTaken(error);
  }
}
