import { type ActorRole, AppError, type Role } from '@muster/contracts';

/**
 * Deleting or restoring an admin is for admins: whoever could switch the admins off would rule the platform.
 * @throws AppError forbidden
 */
export function mayTouchAdmin(actor: { role: ActorRole }, person: { role: Role }): void {
  if (person.role !== 'admin' || actor.role === 'admin') return;
  throw new AppError('forbidden', 'Only an admin may do this to an admin.');
}
