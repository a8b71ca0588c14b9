import { type ActorRole, AppError, type Role } from '@muster/contracts';

const byHr = new Set<Role>(['employee', 'manager', 'teacher']);

/**
 * Who may create a person with which role. Kiosks are devices and are enrolled at auth, never created as people.
 * @throws AppError forbidden
 */
export function mayOpenLogin(actor: { role: ActorRole }, role: Role): void {
  if (role === 'kiosk') throw new AppError('forbidden', 'A kiosk is enrolled as a device, not created as a person.');
  if (actor.role === 'admin' || byHr.has(role)) return;
  throw new AppError('forbidden', `Only an admin may open a login with the role ${role}.`);
}
