import type { EventActor } from '@muster/contracts';
import { newEvent } from '@muster/db';
import { isoInstant } from '../../domain/instant.ts';
import { type OpenShift, openShiftFacts } from '../../domain/open-shifts/open-shift.ts';

type PickEvent =
  | 'attendance.open-shift-picked.v1'
  | 'attendance.open-shift-asked.v1'
  | 'attendance.open-shift-given-back.v1'
  | 'attendance.open-shift-approved.v1'
  | 'attendance.open-shift-refused.v1';

/** What every event of an open shift carries. */
export const factsOf = (shift: OpenShift, actor: EventActor, nowMs: number) => ({
  ...openShiftFacts(shift),
  version: shift.version,
  occurredAt: isoInstant(nowMs),
  actor,
});

/** The event of one person's place. */
export const pickEvent = (
  type: PickEvent,
  shift: OpenShift,
  o: { actor: EventActor; nowMs: number; employeeId: string },
) => newEvent(type, { ...factsOf(shift, o.actor, o.nowMs), employeeId: o.employeeId }, { subject: shift.id });
