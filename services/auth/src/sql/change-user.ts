import type { Role } from '@muster/contracts';
import type { Db } from '@muster/db';
import type { User } from '../domain/user.ts';
import { userColumns } from './user-columns.ts';

export interface UserChange {
  name?: string;
  workId?: string | null;
  role?: Role;
  active?: boolean;
  personDeleted?: boolean;
  personVersion?: number;
  deleted?: true;
  /** Access tokens issued before this change are to be refused. */
  bumpTokens?: boolean;
}

/** Applies the change and raises the aggregate's version; `user` must be locked. Returns it as it is now. */
export async function changeUser(tx: Db, user: User, change: UserChange, now: Temporal.Instant): Promise<User> {
  const at = now.toString();
  const next = { ...user, ...change };
  const [row] = await tx<User[]>`
    update users set
      name = ${next.name}, work_id = ${next.workId}, role = ${next.role}, active = ${next.active},
      person_deleted = ${next.personDeleted}, person_version = ${next.personVersion},
      version = version + 1, updated_at = ${at}
      ${change.bumpTokens ? tx`, token_version = token_version + 1, token_version_bumped_at = ${at}` : tx``}
      ${change.deleted ? tx`, deleted_at = ${at}` : tx``}
    where id = ${user.id}
    returning ${userColumns(tx)}
  `;
  return row as User;
}

/** Notes that a version of the person was seen which changes nothing here. */
export async function savePersonVersion(tx: Db, id: string, personVersion: number): Promise<void> {
  await tx`update users set person_version = ${personVersion} where id = ${id}`;
}
