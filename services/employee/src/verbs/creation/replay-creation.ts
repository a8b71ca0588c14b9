import { AppError } from '@muster/contracts';
import type { CreatedEmployee } from '@muster/contracts/http/employee';
import type { Deps } from '../../deps.ts';
import { type CreationKey, openAnswer } from '../../domain/creation-key.ts';
import { fullView } from '../../domain/employee-view.ts';
import { findPersonByCreationKey } from '../../sql/creations.ts';
import { findPerson } from '../../sql/find-person.ts';

/**
 * The answer to a request that was already carried out under this key: the very same for a day, afterwards the person as it
 * is now, without the invitation. Undefined when the key is new.
 * @throws AppError idempotency_mismatch, request_in_progress
 */
export async function replayCreation(deps: Deps, creation: CreationKey): Promise<CreatedEmployee | undefined> {
  const earlier = await findPersonByCreationKey(deps.sql, creation.key);
  if (earlier === undefined) return undefined;
  if (earlier.hash !== creation.hash) {
    throw new AppError('idempotency_mismatch', 'This Idempotency-Key was used for another request.');
  }
  if (earlier.answer !== null) return openAnswer(creation, earlier.answer) as CreatedEmployee;
  const person = earlier.pending ? undefined : await findPerson(deps.sql, earlier.id);
  if (person === undefined) {
    const detail = 'The same request is being carried out just now.';
    throw new AppError('request_in_progress', detail, { headers: { 'Retry-After': '2' } });
  }
  return fullView(person);
}
