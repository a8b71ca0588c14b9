import { AppError, type Role } from '@muster/contracts';
import type { Actor, Verifier } from '@muster/identity';
import { v7 } from 'uuid';

/** Somebody who is signed in. */
export const somebody = (role: Role, given: Partial<Actor> = {}): Actor => ({
  id: v7(),
  role,
  name: `The ${role}`,
  email: `${role}@example.org`,
  sessionId: v7(),
  ...given,
});

/** A token whose content is the actor: what a real one must withstand is tested where it is verified, in identity. */
export const tokenOf = (actor: Actor): string => Buffer.from(JSON.stringify(actor)).toString('base64url');

export const openVerifier: Pick<Verifier, 'verify'> = {
  async verify(token) {
    try {
      return JSON.parse(Buffer.from(token, 'base64url').toString());
    } catch {
      throw new AppError('unauthenticated', 'The access token is not valid.');
    }
  },
};
