import type { ClassView, CreateClassBody } from '@muster/contracts/http/attendance';
import { insertOutbox, newEvent, newId, withIdempotency } from '@muster/db';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { asSet, classSnapshotOf, type SchoolClass } from '../../domain/classes/school-class.ts';
import { isoInstant } from '../../domain/instant.ts';
import { saveClass } from '../../sql/classes/save-class.ts';
import { checkClassPeople } from './check-class-people.ts';
import { classTaken } from './class-taken.ts';
import { readClass } from './read-class.ts';

/** Creates a class. Throws `invalid_input`, `name_taken`, `idempotency_mismatch`, `request_in_progress`. */
export async function createClass(
  deps: Deps,
  actor: Actor,
  body: CreateClassBody,
  idempotencyKey?: string,
): Promise<ClassView> {
  authorise(actor, 'classes.manage');
  const nowMs = deps.clock.now().epochMilliseconds;
  const created: SchoolClass = {
    id: newId(),
    name: body.name,
    siteId: body.siteId ?? deps.defaultPlace.siteId,
    teacherIds: asSet(body.teacherIds),
    memberIds: asSet(body.memberIds),
    version: 1,
  };
  try {
    const answer = await withIdempotency({
      sql: deps.sql,
      scope: `POST /api/classes ${actor.id}`,
      key: idempotencyKey,
      request: body,
      run: async (tx) => {
        await checkClassPeople(deps, tx, body);
        await saveClass(tx, created, new Date(nowMs));
        const base = { version: 1, occurredAt: isoInstant(nowMs), actor: toEventActor(actor), classId: created.id };
        const event = { ...base, after: classSnapshotOf(created) };
        await insertOutbox(tx, [newEvent('attendance.class-created.v1', event, { subject: created.id })]);
        return { status: 201, body: await readClass(deps, tx, created.id) };
      },
    });
    deps.relay.wake();
    return answer.body as ClassView;
  } catch (error) {
    throw classTaken(error);
  }
}
