import { matchVersion } from '@muster/contracts';
import type { FullEmployee, UpdateProfileBody } from '@muster/contracts/http/employee';
import { withTransaction } from '@muster/db';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { fullView } from '../domain/employee-view.ts';
import { moment } from '../domain/moment.ts';
import { lockPerson } from '../sql/lock-person.ts';
import { noProfile } from './get-profile.ts';
import { changePerson } from './people/change-person.ts';

/**
 * Changes what a person may change of itself.
 * @throws AppError not_found, version_mismatch
 */
export async function updateProfile(
  deps: Deps,
  actor: Actor,
  change: UpdateProfileBody,
  ifMatch?: string,
): Promise<FullEmployee> {
  authorise(actor, 'profile.own');
  const by = { actor: toEventActor(actor), at: moment(deps.clock.now()) };
  const { name, phone } = change;
  const wanted = { ...(name !== undefined && { name }), ...(phone !== undefined && { phone }) };
  const person = await withTransaction(deps.sql, async (tx) => {
    const before = await lockPerson(tx, actor.id);
    if (before?.state !== 'active') throw noProfile();
    matchVersion(ifMatch, before.version);
    return changePerson(tx, 'employee.profile-updated.v1', before, wanted, by);
  });
  deps.relay.wake();
  return fullView(person);
}
