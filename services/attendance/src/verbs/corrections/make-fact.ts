import type { DayChange } from '@muster/contracts/http/attendance-corrections';
import { insertOutbox, newEvent, type Tx } from '@muster/db';
import { type Actor, toEventActor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { describeChange } from '../../domain/corrections/day-changes.ts';
import { requestInEvent, type StoredRequest } from '../../domain/corrections/request.ts';
import { isoInstant } from '../../domain/instant.ts';
import { insertCorrection, keepEffect } from '../../sql/corrections/requests.ts';
import { amendDoor } from './amend-door.ts';
import type { WeighedCorrection } from './weigh-correction.ts';

/** Turns an approved request into the fact it asks for: the fact, the door's sessions, what was changed and the event, together. */
export async function makeFact(
  tx: Tx,
  deps: Deps,
  actor: Actor,
  request: StoredRequest & { decidedAtMs: number },
  weighed: WeighedCorrection,
): Promise<DayChange[]> {
  const changes = weighed.changes.map(describeChange);
  await insertCorrection(tx, request);
  await keepEffect(tx, request.id, JSON.stringify(changes));
  await amendDoor(tx, deps, toEventActor(actor), request.employeeId, weighed.instantsMs);
  const brief = (day: DayChange['before']) =>
    day && { status: day.status, flags: day.flags, workedMinutes: day.workedMinutes };
  const data = {
    version: request.version,
    occurredAt: isoInstant(request.decidedAtMs),
    actor: toEventActor(actor),
    ...requestInEvent(request),
    changes: changes.map(({ date, before, after }) => ({ date, before: brief(before), after: brief(after) })),
  };
  await insertOutbox(tx, [newEvent('attendance.correction-approved.v1', data, { subject: request.id })]);
  return changes;
}
