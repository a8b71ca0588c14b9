import { AppError } from '@muster/contracts';
import type { Tx } from '@muster/db';
import { type Actor, toEventActor } from '@muster/identity';
import { mayTouchAdmin } from '../../domain/may-touch-admin.ts';
import { erasingServices, type StoredErasure } from '../../domain/stored-erasure.ts';
import { countOtherAdmins } from '../../sql/count-other-admins.ts';
import { insertSteps } from '../../sql/erasure-steps.ts';
import { decideErasure } from '../../sql/erasures.ts';
import { lockPerson } from '../../sql/lock-person.ts';
import { noSuchEmployee } from '../people/no-such-employee.ts';
import { eraseHere } from './erase-here.ts';

/**
 * From here on there is no way back: the person is erased in this service, and the others are told what to do.
 * @throws AppError not_found, conflict (oneself), last_admin
 */
export async function beginErasure(tx: Tx, actor: Actor, erasure: StoredErasure, at: string): Promise<void> {
  const { id, personId } = erasure;
  const person = await lockPerson(tx, personId);
  if (person === undefined) throw noSuchEmployee();
  if (personId === actor.id) throw new AppError('conflict', 'Nobody can erase themselves; another admin decides.');
  mayTouchAdmin(actor, person);
  if (person.role === 'admin' && person.state === 'active' && (await countOtherAdmins(tx, personId)) === 0) {
    throw new AppError('last_admin', 'This is the last admin; make somebody else admin first.');
  }
  await decideErasure(tx, id, { status: 'erasing', decidedBy: actor.id, at });
  await insertSteps(tx, personId, erasingServices, at);
  await eraseHere(tx, person, { actor: toEventActor(actor), at });
}
