import { AppError } from '@muster/contracts';
import type { Actor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { isYoungSession, YOUNG_MINUTES } from '../../domain/session-life.ts';
import { findSessionStart } from '../../sql/sessions.ts';

/** Throws `reauthentication_required` unless the actor signed in a moment ago. */
export async function requireYoungSession(deps: Deps, actor: Actor): Promise<void> {
  const start = await findSessionStart(deps.sql, actor.sessionId);
  if (start !== undefined && isYoungSession(start, deps.clock.now())) return;
  throw new AppError('reauthentication_required', 'You signed in a while ago: prove again that it is you.', {
    // RFC 9470: the token is good, the sign-in behind it too old.
    headers: {
      'WWW-Authenticate': `Bearer error="insufficient_user_authentication", max_age=${YOUNG_MINUTES * 60}`,
    },
  });
}
