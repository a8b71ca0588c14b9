import { AppError } from '@muster/contracts';
import type { Correction, CorrectionBody } from '@muster/contracts/http/attendance-corrections';
import { insertOutbox, isUniqueViolation, newEvent, newId, type Tx, withIdempotency } from '@muster/db';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { describeChange } from '../../domain/corrections/day-changes.ts';
import { describeRequest, factOf, requestInEvent, type StoredRequest } from '../../domain/corrections/request.ts';
import { isoInstant } from '../../domain/instant.ts';
import { insertRequest } from '../../sql/corrections/requests.ts';
import { findPeople } from '../../sql/find-people.ts';
import { lockDaysOf } from '../../sql/lock-days-of.ts';
import { reaches } from '../reaches.ts';
import { makeFact } from './make-fact.ts';
import { weighCorrection } from './weigh-correction.ts';

// Clocks of two machines may differ by as much.
const slackMs = 60_000;

/**
 * Asks for a correction of one's own attendance, which waits for somebody else's decision; about a person one may decide about it is
 * entered and approved at once. Throws `not_found` (person or punch), `conflict` (corrected meanwhile, asked already), `month_locked`,
 * `invalid_input` for a time to come.
 */
export async function askCorrection(
  deps: Deps,
  actor: Actor,
  body: CorrectionBody,
  idempotencyKey?: string,
): Promise<Correction> {
  const employeeId = body.employeeId ?? actor.id;
  const isOwn = employeeId === actor.id;
  const scope = authorise(actor, isOwn ? 'corrections.ask' : 'corrections.decide');
  const known = isOwn || (await findPeople(deps.sql, [employeeId])).has(employeeId);
  if (!known || !(await reaches(deps, actor, scope, employeeId)))
    throw new AppError('not_found', 'There is no such person.');
  const nowMs = deps.clock.now().epochMilliseconds;
  if (body.occurredAt !== undefined && Date.parse(body.occurredAt) > nowMs + slackMs) {
    const errors = [{ field: 'occurredAt', message: 'must not lie in the future', in: 'body' as const }];
    throw new AppError('invalid_input', 'A punch that has not happened yet cannot be corrected.', { errors });
  }
  try {
    const answer = await withIdempotency({
      sql: deps.sql,
      scope: `POST /api/attendance/corrections ${actor.id}`,
      key: idempotencyKey,
      request: body,
      run: async (tx) => ({ status: 201, body: await enter(tx, deps, actor, { ...body, employeeId }, nowMs) }),
    });
    deps.relay.wake();
    return answer.body as Correction;
  } catch (error) {
    if (isUniqueViolation(error, 'correction_requests_target') || isUniqueViolation(error, 'correction_requests_new'))
      throw new AppError('conflict', 'The same was asked for already and waits for a decision.', { cause: error });
    throw error;
  }
}

async function enter(
  tx: Tx,
  deps: Deps,
  actor: Actor,
  body: CorrectionBody & { employeeId: string },
  nowMs: number,
): Promise<Correction> {
  const isOwn = body.employeeId === actor.id;
  const request: StoredRequest = {
    id: newId(),
    employeeId: body.employeeId,
    change: body.change,
    targetId: body.targetId ?? null,
    targetAtMs: null,
    type: body.type ?? null,
    occurredAtMs: body.occurredAt === undefined ? null : Date.parse(body.occurredAt),
    reason: body.reason,
    status: isOwn ? 'pending' : 'approved',
    askedBy: actor.id,
    askedAtMs: nowMs,
    decidedBy: isOwn ? null : actor.id,
    decidedAtMs: isOwn ? null : nowMs,
    note: null,
    effect: null,
    version: 1,
  };
  await lockDaysOf(tx, [request.employeeId]);
  const weighed = await weighCorrection(tx, deps, request.employeeId, factOf(request, nowMs));
  const stored = { ...request, targetAtMs: weighed.targetAtMs };
  await insertRequest(tx, stored);
  if (!isOwn) {
    const changes = await makeFact(tx, deps, actor, { ...stored, decidedAtMs: nowMs }, weighed);
    return describeRequest(stored, weighed.target, changes);
  }
  const base = { version: 1, occurredAt: isoInstant(nowMs), actor: toEventActor(actor) };
  const data = { ...base, ...requestInEvent(stored) };
  await insertOutbox(tx, [newEvent('attendance.correction-requested.v1', data, { subject: stored.id })]);
  return describeRequest(stored, weighed.target, weighed.changes.map(describeChange));
}
