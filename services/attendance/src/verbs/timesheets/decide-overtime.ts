import { AppError } from '@muster/contracts';
import type { OvertimeDecision, OvertimeDecisionBody } from '@muster/contracts/http/attendance-overtime';
import { insertOutbox, newEvent, newId, withIdempotency } from '@muster/db';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { describeDecision } from '../../domain/timesheets/describe-overtime.ts';
import { passMonthGate } from '../../sql/corrections/month-gate.ts';
import { insertDecision } from '../../sql/timesheets/overtime-approvals.ts';
import { queueDay } from '../../sql/timesheets/queue-day.ts';
import { findOvertime } from '../../sql/timesheets/waiting-overtime.ts';
import { findReachable } from './find-reachable.ts';

/**
 * Says how much of a date's overtime is approved in all; the day is derived again with it. Nobody decides about their own.
 * @throws AppError not_found, conflict (no overtime, one's own, or somebody answered first), month_locked, idempotency_mismatch
 */
export async function decideOvertime(
  deps: Deps,
  actor: Actor,
  body: OvertimeDecisionBody,
  key?: string,
): Promise<OvertimeDecision> {
  const { employeeId, date, minutes } = body;
  await findReachable(deps, actor, authorise(actor, 'overtime.approve'), employeeId);
  if (employeeId === actor.id) throw new AppError('conflict', 'Somebody else decides about your own overtime.');
  const decidedAt = new Date(deps.clock.now().epochMilliseconds);
  const { body: answer } = await withIdempotency({
    sql: deps.sql,
    scope: `POST /api/attendance/overtime ${actor.id}`,
    key,
    request: body,
    run: async (tx) => {
      // Nobody closes the month meanwhile.
      await passMonthGate(tx);
      const day = await findOvertime(tx, employeeId, date);
      if (!day || day.overtimeMs === 0) throw new AppError('conflict', 'There is no overtime on that date.');
      if (day.locked) throw new AppError('month_locked', 'That month is closed: unlock it first.');
      const decision = await insertDecision(tx, {
        id: newId(),
        employeeId,
        date,
        version: body.version + 1,
        minutes,
        overtimeMs: day.overtimeMs,
        note: body.note || null,
        decidedAt,
        decidedBy: actor.id,
      });
      if (!decision) throw new AppError('conflict', 'Somebody decided about this overtime meanwhile: look again.');
      await queueDay(tx, employeeId, date);
      const base = { version: decision.version, occurredAt: decidedAt.toISOString(), actor: toEventActor(actor) };
      const overtimeMinutes = Math.floor(day.overtimeMs / 60_000);
      const about = { decisionId: decision.id, employeeId, date, minutes, overtimeMinutes };
      await insertOutbox(tx, [newEvent('attendance.overtime-decided.v1', { ...base, ...about })]);
      return { status: 201, body: describeDecision(decision) };
    },
  });
  deps.relay.wake();
  return answer as OvertimeDecision;
}
