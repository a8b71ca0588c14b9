import type { Deps } from '../../deps.ts';
import type { User } from '../../domain/user.ts';
import { hasTotpFactor } from '../../sql/totp-factors.ts';

/** True when the user's role demands an authenticator app. */
export const needsTotp = ({ settings }: Pick<Deps, 'settings'>, user: Pick<User, 'role'>): boolean =>
  settings.rolesWithTotp.includes(user.role);

/** True while the user's role demands one and there is none. */
export const owesTotp = async (deps: Deps, user: User): Promise<boolean> =>
  needsTotp(deps, user) && !(await hasTotpFactor(deps.sql, user.id));
