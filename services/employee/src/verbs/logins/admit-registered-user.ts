import type { EventData } from '@muster/contracts';
import { claimInbox, insertOutbox, newEvent, type Tx, withTransaction } from '@muster/db';
import type { Deps } from '../../deps.ts';
import { moment } from '../../domain/moment.ts';
import { type Person, snapshotOf } from '../../domain/person.ts';
import { insertPerson } from '../../sql/insert-person.ts';
import { lockPerson } from '../../sql/lock-person.ts';
import { findLogin, saveLogin } from '../../sql/logins.ts';
import { workIdTaken } from '../../sql/work-id-taken.ts';
import { makeRoomForEmail } from './make-room-for-email.ts';

type Registered = EventData<'auth.user-registered.v1'>;

/**
 * Somebody registered at auth: a person of the same id at the default site, as long as there is none and the login was not
 * deleted meanwhile. A work id that is taken is left out, rather than leaving the person out.
 */
export async function admitRegisteredUser(deps: Deps, data: Registered): Promise<void> {
  await withTransaction(deps.sql, async (tx) => {
    if (!(await claimInbox(tx, 'employee', [data.id])).has(data.id)) return;
    const at = moment(deps.clock.now());
    const { userId, version, after } = data;
    await saveLogin(tx, { userId, version, role: after.role, deleted: false, at });
    if (await lockPerson(tx, userId, { pending: true })) return;
    const login = await findLogin(tx, userId);
    if (login?.deleted) return;
    await makeRoomForEmail(tx, after.email, { actor: data.actor, at });
    await admit(tx, { ...data, after: { ...after, role: login?.role ?? after.role } }, at, deps.defaultSite.id);
  });
  deps.relay.wake();
}

async function admit(tx: Tx, data: Registered, at: string, siteId: string): Promise<void> {
  const { after, actor, userId } = data;
  const workId = after.workId !== undefined && !(await workIdTaken(tx, after.workId)) ? after.workId : null;
  const person: Person = {
    id: userId,
    version: 1,
    state: 'active',
    email: after.email,
    name: after.name,
    role: after.role,
    position: after.position ?? null,
    phone: after.phone ?? null,
    workId,
    departmentId: null,
    department: null,
    siteId,
    managerId: null,
    hiredOn: null,
    photoVersion: null,
    createdAt: at,
    updatedAt: at,
    deletedAt: null,
  };
  await insertPerson(tx, person);
  await insertOutbox(tx, [
    newEvent('employee.employee-created.v1', {
      version: 1,
      occurredAt: at,
      actor,
      employeeId: userId,
      after: snapshotOf(person),
    }),
  ]);
}
