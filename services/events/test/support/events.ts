import { type EventDraft, type EventEnvelope, type EventType, type Role, systemActor } from '@muster/contracts';
import { newEvent } from '@muster/db';
import { testActor } from '@muster/testing';
import { v7 } from 'uuid';

type Extra<T extends EventType> = Omit<EventDraft<T>, 'version' | 'occurredAt' | 'actor'> & Partial<EventDraft<T>>;

/** An event as the sidecar delivers it; version 1, now, by the system unless said otherwise. */
export function envelope<T extends EventType>(type: T, data: Extra<T>): EventEnvelope {
  const base = { version: 1, occurredAt: new Date().toISOString(), actor: systemActor };
  return newEvent(type, { ...base, ...data } as unknown as EventDraft<T>).envelope;
}

/** Somebody with a token. */
export const user = (role: Role) => testActor({ role });

export const person = (name = 'Ada', more: { role?: Role } = {}) => ({
  email: `${name.toLowerCase()}@muster.local`,
  name,
  role: more.role ?? ('employee' as Role),
  position: null,
  workId: null,
  department: null,
  siteId: v7(),
  managerId: null,
  hiredOn: null,
  status: 'active' as const,
});

export const registered = (userId: string, role: Role, version = 1): EventEnvelope =>
  envelope('auth.user-registered.v1', {
    userId,
    version,
    after: { email: `${userId}@muster.local`, name: `User ${userId.slice(-4)}`, role },
  });

export const created = (name = 'Ada', employeeId: string = v7()): EventEnvelope =>
  envelope('employee.employee-created.v1', { employeeId, after: person(name) });

export function checkedIn(employeeId: string = v7(), more: Partial<{ occurredAt: string }> = {}): EventEnvelope {
  const at = more.occurredAt ?? new Date().toISOString();
  return envelope('attendance.checked-in.v1', {
    occurredAt: at,
    actor: { id: employeeId, name: 'Ada', role: 'employee' },
    attendanceId: v7(),
    employeeId,
    siteId: v7(),
    date: at.slice(0, 10),
    zone: 'UTC',
    checkInAt: Temporal.Instant.from(at).toString(),
    checkOutAt: null,
    source: 'web',
  });
}

export const passwordChanged = (userId: string): EventEnvelope => envelope('auth.password-changed.v1', { userId });
