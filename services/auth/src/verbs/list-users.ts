import { type Page, toPage } from '@muster/contracts';
import type { ManagedUser, UserListQuery } from '@muster/contracts/http/auth';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { listUsers as selectUsers } from '../sql/list-users.ts';
import { toManagedUser } from './shared/to-account-user.ts';

/** One page of accounts, newest first, deleted ones left out. Administrators only. */
export async function listUsers(deps: Deps, actor: Actor, query: UserListQuery): Promise<Page<ManagedUser>> {
  authorise(actor, 'users.manage');
  const { users, total } = await selectUsers(deps.sql, query);
  return toPage(users.map(toManagedUser), total, { page: query.page, limit: query.limit });
}
