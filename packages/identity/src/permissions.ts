import { AppError, type Role } from '@muster/contracts';
import type { Actor } from './actor.ts';

/**
 * Who may do what. `own` in a name means of oneself, `reports` of the people one manages: the verb narrows the rows, this
 * table only opens the door. What is not listed is refused.
 */
export const permissions = {
  'users.manage': ['admin'],
  'devices.enrol': ['admin'],
  'audit.read': ['admin'],
  'employees.create': ['admin', 'hr'],
  'employees.update': ['admin', 'hr'],
  'employees.delete': ['admin', 'hr'],
  'employees.restore': ['admin', 'hr'],
  'employees.read': ['admin', 'hr', 'manager', 'employee', 'kiosk', 'teacher'],
  'employees.read-private': ['admin', 'hr'],
  'employees.photo': ['admin', 'hr'],
  'sites.manage': ['admin', 'hr'],
  'departments.manage': ['admin', 'hr'],
  'profile.own': ['admin', 'hr', 'manager', 'employee', 'teacher'],
  'attendance.punch-own': ['admin', 'hr', 'manager', 'employee', 'teacher'],
  'attendance.punch-others': ['kiosk'],
  'attendance.read-own': ['admin', 'hr', 'manager', 'employee', 'teacher'],
  'attendance.read-reports': ['admin', 'hr', 'manager'],
  'attendance.read-all': ['admin', 'hr'],
  'scaling.read': ['admin', 'hr'],
  'scaling.plan': ['admin'],
  'notifications.own': ['admin', 'hr', 'manager', 'employee', 'teacher'],
} as const satisfies Record<string, readonly Role[]>;

export type Action = keyof typeof permissions;

/** Whether the actor's role may take this action. */
export const can = (actor: Pick<Actor, 'role'>, action: Action): boolean =>
  (permissions[action] as readonly Role[]).includes(actor.role);

/** Throws AppError `forbidden` unless {@link can}. The first line of every verb. */
export function authorise(actor: Pick<Actor, 'role'>, action: Action): void {
  if (!can(actor, action)) throw new AppError('forbidden', 'Your role does not allow this.');
}
