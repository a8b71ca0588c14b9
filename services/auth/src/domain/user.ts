import type { Role } from '@muster/contracts';

/** An account, deleted ones never included. */
export interface User {
  id: string;
  email: string;
  username: string | null;
  name: string;
  role: Role;
  workId: string | null;
  workLocation: string | null;
  /** What an administrator set. */
  active: boolean;
  /** The person behind it was deleted in employee. */
  personDeleted: boolean;
  /** The highest version of the person that was applied. */
  personVersion: number;
  /** No password set yet: only an invitation opens it. */
  invited: boolean;
  /** Whoever owns the account has shown to read its mailbox. */
  emailVerified: boolean;
  /** The aggregate's version, as events carry it. */
  version: number;
  /** Access tokens carry it as `ver`; lower ones are refused. */
  tokenVersion: number;
  /** RFC 3339, UTC. */
  createdAt: string;
  updatedAt: string;
}

export const maySignIn = (user: Pick<User, 'active' | 'personDeleted'>): boolean => user.active && !user.personDeleted;
