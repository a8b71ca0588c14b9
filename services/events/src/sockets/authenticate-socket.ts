import { AppError } from '@muster/contracts';
import type { Log } from '@muster/db';
import { type Action, authorise, type Verifier } from '@muster/identity';
import { socketProblem } from './socket-problem.ts';
import type { MusterSocket } from './types.ts';

/** The token of `auth.token`, else of the Authorization header. */
function tokenOf({ handshake }: MusterSocket): string {
  const given = (handshake.auth as { token?: unknown }).token;
  const token = typeof given === 'string' ? given : handshake.headers.authorization;
  const bare = token?.replace(/^Bearer +/i, '');
  if (!bare) throw new AppError('unauthenticated', 'Connect with a token in auth.token.');
  return bare;
}

/** The room of everybody connected as that user, or in that role. Names a client sends are never rooms. */
export const userRoom = (userId: string): string => `user:${userId}`;
export const roleRoom = (role: string): string => `role:${role}`;

/**
 * Middleware of a namespace: verifies the token, keeps the actor and joins the rooms that follow from it. A refusal
 * reaches the client as `connect_error` with the problem object in `data`.
 */
export function authenticateSocket(o: {
  verifier: Pick<Verifier, 'verify'>;
  log: Log;
  action?: Action;
  /** What else must be known before the socket counts as connected. */
  prepare?: (socket: MusterSocket) => Promise<void>;
}): (socket: MusterSocket, next: (error?: Error) => void) => Promise<void> {
  return async (socket, next) => {
    try {
      const token = tokenOf(socket);
      const actor = await o.verifier.verify(token);
      // Rooms follow from roles; a token that was narrowed would hear more than its scopes allow.
      if (actor.scopes !== undefined)
        throw new AppError('forbidden', 'Sockets are for people: connect with a session.');
      if (o.action !== undefined) authorise(actor, o.action);
      Object.assign(socket.data, { actor, token });
      await o.prepare?.(socket);
      await socket.join([userRoom(actor.id), roleRoom(actor.role)]);
      next();
    } catch (thrown) {
      const data = socketProblem(thrown, o.log);
      next(Object.assign(new Error(data.code), { data }));
    }
  };
}
