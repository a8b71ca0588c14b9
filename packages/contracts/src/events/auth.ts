import { z } from 'zod';
import { role } from '../roles.ts';
import { eventBase } from './actor.ts';
import { machineEvents } from './auth-machines.ts';

const user = z.object({ email: z.string(), name: z.string(), role });
const subject = eventBase.extend({ userId: z.uuid() });

/** Topic `auth`. Never a password, a hash or a token. */
export const authEvents = {
  /** Somebody registered (or the first admin was seeded): employee makes the person of the same id. */
  'auth.user-registered.v1': subject.extend({
    after: user.extend({
      position: z.string().optional(),
      phone: z.string().optional(),
      workId: z.string().optional(),
      workLocation: z.string().optional(),
    }),
  }),
  /** HR opened a login for a person that employee already holds. */
  'auth.login-opened.v1': subject.extend({ after: user }),
  'auth.login-disabled.v1': subject.extend({ reason: z.string() }),
  'auth.login-enabled.v1': subject,
  'auth.user-logged-in.v1': subject.extend({ sessionId: z.uuid() }),
  /** `userId` is absent when the address is unknown; the address itself is never logged whole. */
  'auth.sign-in-failed.v1': eventBase.extend({
    userId: z.uuid().optional(),
    emailHint: z.string(),
    reason: z.string(),
  }),
  'auth.password-changed.v1': subject,
  'auth.two-factor-enabled.v1': subject,
  'auth.two-factor-disabled.v1': subject.extend({ reason: z.string() }),
  /** Somebody signed in, or proved themselves, by a code from paper: `left` are still good. */
  'auth.recovery-code-used.v1': subject.extend({ left: z.int() }),
  'auth.recovery-codes-renewed.v1': subject,
  'auth.passkey-added.v1': subject.extend({ passkeyId: z.uuid(), name: z.string() }),
  'auth.passkey-removed.v1': subject.extend({ passkeyId: z.uuid(), name: z.string(), reason: z.string() }),
  'auth.user-role-changed.v1': subject.extend({ before: z.object({ role }), after: user }),
  'auth.user-deleted.v1': subject.extend({ before: user }),
  'auth.session-revoked.v1': subject.extend({ sessionIds: z.array(z.uuid()), reason: z.string() }),
  /** A new signing key was published, by an administrator or by schedule; it signs from `signsFrom` on. */
  'auth.signing-key-rotated.v1': eventBase.extend({
    kid: z.string(),
    signsFrom: z.iso.datetime({ offset: true }),
  }),
  ...machineEvents,
} as const;
