import type { EventActor, PersonSnapshot } from '@muster/contracts';
import { claimInbox, insertOutbox, withTransaction } from '@muster/db';
import type { Deps } from '../deps.ts';
import { lockAdmins } from '../sql/admins.ts';
import { changeUser, savePersonVersion } from '../sql/change-user.ts';
import { lockUser } from '../sql/find-user.ts';
import { loginSwitched } from './shared/login-switched.ts';
import { isLastAdmin } from './shared/require-other-admin.ts';

/** What employee tells of a person: the whole of it, at one version. */
export interface PersonChange {
  id: string;
  version: number;
  actor: EventActor;
  employeeId: string;
  after: PersonSnapshot;
}

/**
 * Lets the account follow its person: name and work id, and whether it may sign in. The highest version wins, in whatever
 * order versions come; an account that is not there is none of ours.
 */
export async function applyPerson(deps: Deps, event: PersonChange): Promise<void> {
  const { employeeId, version, after: person, actor } = event;
  const now = deps.clock.now();
  const switched = await withTransaction(deps.sql, async (tx) => {
    if (!(await claimInbox(tx, 'auth', [event.id])).has(event.id)) return false;
    const gone = person.status === 'deleted';
    if (gone) await lockAdmins(tx);
    const before = await lockUser(tx, employeeId);
    if (before === undefined || version <= before.personVersion) return false;
    // Whoever may delete people must not be able to lock every administrator out.
    const personDeleted = gone && !(await isLastAdmin(tx, before));
    if (gone !== personDeleted)
      deps.log.warn({ userId: before.id }, 'the last administrator stays, though its person was deleted');

    const same =
      before.name === person.name && before.workId === person.workId && before.personDeleted === personDeleted;
    if (same) {
      await savePersonVersion(tx, before.id, version);
      return false;
    }
    const bumpTokens = personDeleted && !before.personDeleted;
    const change = { name: person.name, workId: person.workId, personDeleted, personVersion: version, bumpTokens };
    const after = await changeUser(tx, before, change, now);
    const events = await loginSwitched(tx, before, after, { actor, reason: 'person-deleted', now });
    await insertOutbox(tx, events);
    return events.length > 0;
  });
  if (!switched) return;
  deps.relay.wake();
  await deps.revocations.reload();
}
