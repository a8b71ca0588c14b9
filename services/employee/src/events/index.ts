import type { EventTable } from '@muster/dapr';
import type { Deps } from '../deps.ts';
import { admitRegisteredUser } from '../verbs/logins/admit-registered-user.ts';
import { checkOpenedLogin } from '../verbs/logins/check-opened-login.ts';
import { followRoleChange } from '../verbs/logins/follow-role-change.ts';
import { followUserDeletion } from '../verbs/logins/follow-user-deletion.ts';

/** What this service does with events of others. Every other type of these topics is recorded as arrived, no more. */
export const eventTable = (deps: Deps): EventTable => ({
  auth: {
    'auth.user-registered.v1': ({ data }) => admitRegisteredUser(deps, data),
    'auth.login-opened.v1': ({ data }) => checkOpenedLogin(deps, data),
    'auth.user-role-changed.v1': ({ data }) => followRoleChange(deps, data),
    'auth.user-deleted.v1': ({ data }) => followUserDeletion(deps, data),
  },
});
