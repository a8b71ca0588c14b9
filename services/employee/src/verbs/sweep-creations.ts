import type { Deps } from '../deps.ts';
import { moment } from '../domain/moment.ts';
import { dropCreationAnswers } from '../sql/creations.ts';
import { listPendingPeople } from '../sql/list-pending-people.ts';
import { claimLoginRemovals, deleteLoginRemoval } from '../sql/login-removals.ts';
import { undoCreation } from './creation/undo-creation.ts';

// Several times what a creation can take: the call to auth has a limit of 10 s.
const deadAfter = { seconds: 60 };
const retryAfter = { seconds: 15 };
const answersKept = { hours: 24 };
const batch = 50;

/** Takes back creations whose process died in the middle, and removes their logins for as long as auth takes to confirm. */
export async function sweepCreations(deps: Deps): Promise<{ undone: number; removed: number }> {
  const now = deps.clock.now();
  const dead = await listPendingPeople(deps.sql, moment(now.subtract(deadAfter)), batch);
  for (const id of dead) await undoCreation(deps, id, 'its process died');
  await dropCreationAnswers(deps.sql, moment(now.subtract(answersKept)));
  const due = await claimLoginRemovals(deps.sql, {
    now: moment(now),
    retryAt: moment(now.add(retryAfter)),
    limit: batch,
  });
  let removed = 0;
  for (const userId of due) {
    try {
      await deps.logins.remove(userId);
      await deleteLoginRemoval(deps.sql, userId);
      removed += 1;
    } catch (error) {
      deps.log.warn({ err: error, userId }, 'the login could not be removed yet');
    }
  }
  return { undone: dead.length, removed };
}
