import { AppError, foldText } from '@muster/contracts';
import type { CreateRotationBody, RotationView } from '@muster/contracts/http/attendance-rosters';
import { insertOutbox, isUniqueViolation, newEvent, newId, withIdempotency } from '@muster/db';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { insertRotation, type StoredRotation } from '../../sql/rosters/rotations.ts';
import { holdShiftTypesOf } from './hold-plan-parts.ts';
import { rotationView } from './rotation-view.ts';

/**
 * Creates a rotation. It never changes: another pattern is another rotation, so that days behind us stay what they were.
 * @throws AppError name_taken, invalid_input (a shift type that cannot be planned), idempotency_mismatch, request_in_progress
 */
export async function createRotation(
  deps: Deps,
  actor: Actor,
  body: CreateRotationBody,
  key?: string,
): Promise<RotationView> {
  authorise(actor, 'shifts.manage');
  const rotation: StoredRotation = { id: newId(), ...body, version: 1, retiredAt: null };
  try {
    const answer = await withIdempotency({
      sql: deps.sql,
      scope: `POST /api/rosters/rotations ${actor.id}`,
      key,
      request: body,
      run: async (tx) => {
        await holdShiftTypesOf(tx, body.pattern.flat(), 'pattern');
        await insertRotation(tx, rotation, foldText(body.name));
        const data = { version: 1, occurredAt: deps.clock.now().toString(), actor: toEventActor(actor) };
        const event = { ...data, rotationId: rotation.id, name: rotation.name };
        await insertOutbox(tx, [newEvent('attendance.rotation-created.v1', event)]);
        return { status: 201, body: rotationView(rotation) };
      },
    });
    deps.relay.wake();
    return answer.body as RotationView;
  } catch (error) {
    if (!isUniqueViolation(error, 'rotations_name')) throw error;
    throw new AppError('name_taken', 'There is a rotation of this name already.');
  }
}
