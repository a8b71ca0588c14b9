import { randomUUID } from 'node:crypto';
import { type MarkAnswer, type MarkBody, markAnswer } from '@muster/contracts/http/attendance';
import type { Sidecar } from '@muster/dapr';
import { type Actor, toEventActor } from '@muster/identity';

/** What people at sockets ask of attendance, in their own name. Both throw its problem, or `unavailable` and `timeout`. */
export interface AttendanceCalls {
  mark(actor: Actor, body: MarkBody): Promise<MarkAnswer>;
  /** Throws `forbidden` or `not_found` for whoever may not hear of the class. */
  mayWatchClass(actor: Actor, classId: string): Promise<void>;
}

const timeoutMs = 5000;

/** Asks through the sidecars. */
export function askAttendance(sidecar: Pick<Sidecar, 'invoke'>): AttendanceCalls {
  const ask = { app: 'attendance', method: 'POST', timeoutMs } as const;
  return {
    mark: (actor, body) =>
      sidecar.invoke({
        ...ask,
        path: '/internal/class-attendance/mark',
        actor: toEventActor(actor),
        body,
        // Dapr repeats what it could not deliver: one message is one mark.
        headers: { 'idempotency-key': randomUUID() },
        schema: markAnswer,
      }),
    async mayWatchClass(actor, classId) {
      await sidecar.invoke({
        ...ask,
        path: '/internal/class-attendance/watch',
        actor: toEventActor(actor),
        body: { classId },
      });
    },
  };
}
