import { AppError, type EventActor } from '@muster/contracts';
import type { CreatedEmployee } from '@muster/contracts/http/employee';
import type { Deps } from '../../deps.ts';
import type { CreationKey } from '../../domain/creation-key.ts';
import { fullView } from '../../domain/employee-view.ts';
import { findPerson } from '../../sql/find-person.ts';
import { findPersonByCreationKey } from '../../sql/find-person-by-creation-key.ts';

/**
 * The answer to a request that was already carried out under this key: the person as it is now. Undefined when the key is
 * new. An invitation token is kept nowhere, so auth is asked for another, which takes the place of the first; it gives none
 * to a login that has its password.
 * @throws AppError idempotency_mismatch, request_in_progress, unavailable
 */
export async function replayCreation(
  deps: Deps,
  actor: EventActor,
  creation: CreationKey,
): Promise<CreatedEmployee | undefined> {
  const earlier = await findPersonByCreationKey(deps.sql, creation.key);
  if (earlier === undefined) return undefined;
  if (earlier.hash !== creation.hash) {
    throw new AppError('idempotency_mismatch', 'This Idempotency-Key was used for another request.');
  }
  const person = earlier.pending ? undefined : await findPerson(deps.sql, earlier.id);
  if (person === undefined) {
    const detail = 'The same request is being carried out just now.';
    throw new AppError('request_in_progress', detail, { headers: { 'Retry-After': '2' } });
  }
  const { id, email, name, role } = person;
  const isInvited = creation.invited && person.state === 'active';
  const { invitationToken } = isInvited ? await deps.logins.open({ id, email, name, role }, actor) : {};
  return { ...fullView(person), ...(invitationToken !== undefined && { invitationToken }) };
}
