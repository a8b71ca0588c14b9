import { AppError } from '@muster/contracts';
import type { MarkAnswer, MarkBody } from '@muster/contracts/http/attendance';
import { insertOutbox, newEvent, withIdempotency } from '@muster/db';
import { type Actor, toEventActor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { cacheKeyOf } from '../../domain/classes/cache-key.ts';
import { describeMark, type Mark } from '../../domain/classes/mark.ts';
import { saveMark } from '../../sql/classes/save-mark.ts';
import { type ClassActor, findVisibleClass } from './find-visible-class.ts';
import { putInCache } from './put-in-cache.ts';

/** Who marks; `name`, `ip` and `userAgent` are for the audit log. */
export type MarkingActor = ClassActor & Pick<Actor, 'name' | 'ip' | 'userAgent'>;

/**
 * Marks a member of a class for today, the day at the class's site. Postgres has it before Redis hears of it, and what Redis
 * makes of it changes nothing. Throws `not_found` for a class out of reach and for somebody who is no member,
 * `idempotency_mismatch`, `request_in_progress`.
 */
export async function markStudent(
  deps: Deps,
  actor: MarkingActor,
  { ttl, ...body }: MarkBody,
  idempotencyKey?: string,
): Promise<MarkAnswer> {
  const { classId, studentId, status } = body;
  const { zone } = await findVisibleClass(deps, actor, 'classes.mark', classId);
  const nowMs = deps.clock.now().epochMilliseconds;
  const key = { classId, studentId, date: deps.localDay(nowMs, zone).date };
  let marked: Mark | undefined;
  const { body: answer } = await withIdempotency({
    sql: deps.sql,
    scope: `POST /api/attendance/mark ${actor.id}`,
    key: idempotencyKey,
    request: { ...body, ttl },
    run: async (tx) => {
      const saved = await saveMark(tx, {
        ...key,
        status,
        nowMs,
        markedBy: actor.id,
        cachedUntilMs: nowMs + ttl * 1000,
      });
      if (saved === undefined) throw new AppError('not_found', 'There is no such member of the class.');
      const { mark, before } = saved;
      const data = {
        version: mark.version,
        occurredAt: describeMark(mark).timestamp,
        actor: toEventActor(actor),
        classId,
        employeeId: studentId,
        date: mark.date,
        status,
        before: before === null ? null : { status: before },
      };
      await insertOutbox(tx, [newEvent('attendance.class-marked.v1', data, { subject: classId })]);
      marked = mark;
      return { status: 201, body: { message: 'Attendance marked', cacheKey: cacheKeyOf(key) } };
    },
  });
  deps.relay.wake();
  if (marked) await putInCache(deps, marked, ttl);
  return answer as MarkAnswer;
}
