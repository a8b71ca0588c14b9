import type { AccountUser, ManagedUser } from '@muster/contracts/http/auth';
import { maySignIn, type User } from '../../domain/user.ts';

/** The user as the person itself sees it. */
export const toAccountUser = (user: User): AccountUser => ({
  id: user.id,
  email: user.email,
  emailVerified: user.emailVerified,
  username: user.username,
  name: user.name,
  role: user.role,
  workId: user.workId,
  workLocation: user.workLocation,
});

/** The user as administrators see it. */
export const toManagedUser = (user: User): ManagedUser => ({
  ...toAccountUser(user),
  active: maySignIn(user),
  invited: user.invited,
  createdAt: user.createdAt,
  updatedAt: user.updatedAt,
});
