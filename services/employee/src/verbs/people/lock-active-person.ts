import { AppError } from '@muster/contracts';
import type { Tx } from '@muster/db';
import type { Person } from '../../domain/person.ts';
import { lockPerson } from '../../sql/lock-person.ts';
import { noSuchEmployee } from './no-such-employee.ts';

/**
 * The person, held for a change.
 * @throws AppError not_found, conflict when it was deleted
 */
export async function lockActivePerson(tx: Tx, id: string): Promise<Person> {
  const person = await lockPerson(tx, id);
  if (person === undefined) throw noSuchEmployee();
  if (person.state === 'deleted') {
    throw new AppError('conflict', 'This employee was deleted; restore it before changing it.');
  }
  return person;
}
