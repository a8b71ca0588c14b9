import { AppError } from '@muster/contracts';
import type { CreatedEmployee, CreateEmployeeBody } from '@muster/contracts/http/employee';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import { v7 } from 'uuid';
import type { Deps } from '../deps.ts';
import { creationKeyOf } from '../domain/creation-key.ts';
import { mayOpenLogin } from '../domain/may-open-login.ts';
import { activatePerson } from './creation/activate-person.ts';
import { beginCreation } from './creation/begin-creation.ts';
import { isRefusal } from './creation/is-refusal.ts';
import { replayCreation } from './creation/replay-creation.ts';
import { settleRemovals } from './creation/settle-removals.ts';
import { dropPending, undoCreation } from './creation/undo-creation.ts';

/**
 * Creates a person and opens its login at auth. Both or neither: the person stays `pending`, seen by nobody, until auth
 * has answered; what fails or crashes in between is taken back, here or by the sweep.
 * @throws AppError email_taken, work_id_taken, invalid_input, forbidden, request_in_progress, idempotency_mismatch,
 *   unavailable (auth is away: nothing was created, try again)
 */
export async function createEmployee(
  deps: Deps,
  actor: Actor,
  input: CreateEmployeeBody,
  idempotencyKey?: string,
): Promise<CreatedEmployee> {
  authorise(actor, 'employees.create');
  const role = input.role ?? 'employee';
  mayOpenLogin(actor, role);
  const creation = creationKeyOf(actor.id, idempotencyKey, input);
  const earlier = creation && (await replayCreation(deps, creation));
  if (earlier) return earlier;

  await settleRemovals(deps, input.email);
  const id = v7();
  const { email, name, password } = input;
  try {
    await beginCreation(deps, toEventActor(actor), { ...input, id, role }, creation);
  } catch (error) {
    // The same request, sent twice at once, meets itself here: it is not its own competitor.
    const twin = creation && (await replayCreation(deps, creation));
    if (twin) return twin;
    throw error;
  }
  let invitationToken: string | undefined;
  try {
    ({ invitationToken } = await deps.logins.open({ id, email, name, role, password }, toEventActor(actor)));
  } catch (error) {
    if (isRefusal(error)) {
      await dropPending(deps, id);
      throw error;
    }
    await undoCreation(deps, id, 'auth did not answer');
    deps.log.warn({ err: error, employeeId: id }, 'auth did not open the login; the creation was taken back');
    throw notCreated(error);
  }
  const opened = { id, invitationToken, creation };
  const employee = await activatePerson(deps, toEventActor(actor), opened).catch(async (error) => {
    // Best effort: the same outage may stop this too, and then the sweep does it.
    await undoCreation(deps, id, 'could not be activated').catch(() => {});
    throw error;
  });
  if (employee === undefined) throw notCreated();
  deps.relay.wake();
  return employee;
}

function notCreated(cause?: unknown): AppError {
  const detail = 'The login could not be opened just now, so nobody was created. Try again shortly.';
  return new AppError('unavailable', detail, { headers: { 'Retry-After': '5' }, cause });
}
