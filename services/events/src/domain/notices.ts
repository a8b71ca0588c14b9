import { auditTypeOf, type EventEnvelope, eventSchemas } from '@muster/contracts';
import { attendanceNotices } from './attendance-notices.ts';

/** Something to tell, before it is known to whom it goes in which order. */
export interface Notice {
  eventId: string;
  /** The event's type without its version. */
  kind: string;
  title: string;
  data: Record<string, unknown>;
  /** Everybody who administers people; the people concerned; whoever manages a person directly, else the staff. */
  audience: 'staff' | { userIds: readonly string[] } | { managerOf: string };
}

const personal: Record<string, string> = {
  'auth.password-changed': 'Your password was changed',
  'auth.two-factor-enabled': 'Two-factor sign-in was switched on',
  'auth.two-factor-disabled': 'Two-factor sign-in was switched off',
  'auth.recovery-code-used': 'One of your recovery codes was used',
  'auth.recovery-codes-renewed': 'You have new recovery codes; the earlier ones ended',
  'auth.passkey-added': 'A passkey was added to your account',
  'auth.passkey-removed': 'A passkey was removed from your account',
  'auth.sign-in-failed': 'Somebody with your password gave a wrong code',
  'auth.user-role-changed': 'Your role was changed',
  'auth.api-key-created': 'An API key that acts as you was made',
};

const staffTitles: Record<string, string> = {
  'auth.user-registered': 'registered',
  'employee.employee-created': 'was added',
  'employee.employee-updated': 'was changed',
  'employee.employee-deleted': 'was removed',
  'employee.employee-restored': 'was restored',
  'employee.profile-updated': 'changed the profile',
  'employee.photo-updated': 'has a new photo',
  'employee.photo-removed': 'has no photo any more',
  'employee.data-export-requested': 'is having an archive of their data made',
  'employee.erasure-requested': 'asks to be erased',
  'employee.person-erased': 'was erased',
};

const forStaff = (kind: string): boolean => kind === 'auth.user-registered' || kind.startsWith('employee.');

/** Every kind of notification there is: what preferences can be set for. */
export const notificationKinds: readonly string[] = Object.keys(eventSchemas)
  .map(auditTypeOf)
  .filter((kind) => forStaff(kind) || Object.hasOwn(personal, kind) || Object.hasOwn(attendanceNotices, kind));

/** The notices an event asks for: most events (check-ins, sign-ins) notify nobody. */
export function noticesOf(event: EventEnvelope): Notice[] {
  const kind = auditTypeOf(event.type);
  const { data } = event;
  if (Object.hasOwn(personal, kind) && typeof data.userId === 'string' && isWorthTelling(kind, data)) {
    return [{ ...tell(event, kind), title: personal[kind] ?? kind, audience: { userIds: [data.userId] } }];
  }
  if (forStaff(kind)) return [{ ...tell(event, kind), title: staffTitle(event, kind), audience: 'staff' }];
  return ofAttendance(event, kind);
}

function ofAttendance(event: EventEnvelope, kind: string): Notice[] {
  const texts = Object.hasOwn(attendanceNotices, kind) ? attendanceNotices[kind] : undefined;
  const { employeeId, employeeIds } = event.data;
  const people = Array.isArray(employeeIds) ? employeeIds : [employeeId];
  const userIds = people.filter((id): id is string => typeof id === 'string');
  const notice = tell(event, kind);
  return [
    ...(texts?.person ? [{ ...notice, title: texts.person, audience: { userIds } }] : []),
    ...(texts?.manager
      ? userIds.map((id) => ({ ...notice, title: texts.manager ?? kind, audience: { managerOf: id } }))
      : []),
  ];
}

// Anybody can make somebody's sign-in fail, but a wrong code comes after the right password: that must be known elsewhere.
const isWorthTelling = (kind: string, data: Record<string, unknown>): boolean =>
  kind !== 'auth.sign-in-failed' || data.reason === 'wrong-second-factor';

// A whitelist: what a producer adds to its events later must not reach people by accident.
function tell(event: EventEnvelope, kind: string): Pick<Notice, 'eventId' | 'kind' | 'data'> {
  const { data } = event;
  const actor = data.actor as { id?: unknown; name?: unknown; role?: unknown } | undefined;
  const before = data.before as { role?: unknown } | undefined;
  const after = data.after as { role?: unknown } | undefined;
  const roles = kind === 'auth.user-role-changed' ? { before: before?.role, after: after?.role } : {};
  return {
    eventId: event.id,
    kind,
    data: {
      eventId: event.id,
      occurredAt: data.occurredAt,
      actor: { id: actor?.id, name: actor?.name, role: actor?.role },
      userId: data.userId,
      employeeId: data.employeeId,
      siteId: data.siteId,
      departmentId: data.departmentId,
      name: nameIn(data),
      changedFields: data.changedFields,
      ...roles,
    },
  };
}

/** The name of what the event is about. A NUL, which Postgres' text refuses, would make the whole event poison. */
function nameIn(data: Record<string, unknown>): string | undefined {
  const name = ((data.after ?? data.before) as { name?: unknown } | undefined)?.name;
  return typeof name === 'string' ? name.replaceAll('\u0000', '') : undefined;
}

function staffTitle(event: EventEnvelope, kind: string): string {
  const name = nameIn(event.data);
  const what = staffTitles[kind];
  const [, thing = '', done = ''] = /^employee\.([a-z]+)-([a-z-]+)$/.exec(kind) ?? [];
  if (what !== undefined) return `${name ?? 'A person'} ${what}`;
  return name !== undefined ? `${thing} ${name} was ${done}` : `${thing} was ${done}`;
}
