import { AppError } from '@muster/contracts';
import type { LoginRequest, Logins } from '../../src/deps.ts';

/** Auth as the sidecar shows it, in memory: one login per id and per e-mail, withdrawn ids stay withdrawn. */
export interface FakeAuth extends Logins {
  opened: Map<string, LoginRequest>;
  removed: string[];
  /** Replaces what the next calls do, until set back to undefined. */
  onOpen: ((login: LoginRequest) => Promise<void> | void) | undefined;
  onRemove: (() => void) | undefined;
}

export const away = (): never => {
  throw new AppError('unavailable', 'auth cannot be reached.', { headers: { 'Retry-After': '2' } });
};

export function fakeAuth(): FakeAuth {
  const withdrawn = new Set<string>();
  let invitations = 0;
  const auth: FakeAuth = {
    opened: new Map(),
    removed: [],
    onOpen: undefined,
    onRemove: undefined,
    async open(login) {
      await auth.onOpen?.(login);
      if (withdrawn.has(login.id)) throw new AppError('conflict', 'This login has been withdrawn.');
      for (const other of auth.opened.values()) {
        if (other.email === login.email && other.id !== login.id) throw new AppError('email_taken', 'Taken.');
      }
      const known = auth.opened.get(login.id) ?? login;
      auth.opened.set(login.id, known);
      invitations += 1;
      return known.password === undefined ? { invitationToken: `invitation-${invitations}` } : {};
    },
    async remove(id) {
      auth.onRemove?.();
      withdrawn.add(id);
      auth.opened.delete(id);
      auth.removed.push(id);
    },
  };
  return auth;
}
