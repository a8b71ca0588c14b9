import { createHmac } from 'node:crypto';
import { AppError } from '@muster/contracts';
import type { RegisterInput, Session } from '@muster/contracts/http/auth';
import { insertOutbox, newEvent, type Tx, withIdempotency } from '@muster/db';
import { v7 } from 'uuid';
import type { Deps } from '../deps.ts';
import { addressRange } from '../domain/address-range.ts';
import { registerRules } from '../domain/attempt-limits.ts';
import { type Client, userAsActor } from '../domain/client.ts';
import { requireGoodPassword } from '../domain/require-good-password.ts';
import { usernameOf } from '../domain/username.ts';
import { emailExists } from '../sql/email-exists.ts';
import { insertUser } from '../sql/insert-user.ts';
import { insertMail } from '../sql/mails.ts';
import { login } from './login.ts';
import { type OpenedSession, openSession, toSession } from './shared/open-session.ts';
import { refuseAttempt } from './shared/refuse-attempt.ts';

const emailTaken = () => new AppError('email_taken', 'There is an account with this e-mail already.');

/**
 * Opens an account for whoever asks, always as `employee`, and signs them in. Throws `forbidden` where self-registration
 * is off, `invalid_input` for a bad password, `email_taken`, `rate_limited`, and `overloaded` when there is no room to hash.
 */
export async function register(
  deps: Deps,
  client: Client,
  input: RegisterInput,
  idempotencyKey?: string,
): Promise<Session> {
  if (!deps.settings.selfRegistration) throw new AppError('forbidden', 'Ask your administrator for an account.');
  requireGoodPassword(input.password, 'password');
  deps.hasher.requireRoom();
  const counted = await deps.limiter.count(registerRules(addressRange(client.ip), deps.settings.limitsScale));
  if ('waitSeconds' in counted) throw refuseAttempt(counted.waitSeconds, 'Too many registrations. Try again later.');
  // With a key the first request's answer decides, which may be this very account.
  if (idempotencyKey === undefined && (await emailExists(deps.sql, input.email))) throw emailTaken();
  const passwordHash = await deps.hasher.hash(input.password);

  let opened: OpenedSession | undefined;
  await withIdempotency({
    sql: deps.sql,
    scope: 'register',
    key: idempotencyKey,
    // What is kept of a request must not help to guess its password: a keyed digest stands in.
    request: { ...input, password: createHmac('sha256', deps.settings.keySecret).update(input.password).digest('hex') },
    run: async (tx) => {
      opened = await open(tx, deps, client, input, passwordHash);
      // Tokens are never kept: a repeated request signs in again.
      return { status: 201, body: null };
    },
  });
  if (opened === undefined) return login(deps, client, { email: input.email, password: input.password });
  deps.relay.wake();
  return toSession(deps, opened);
}

async function open(
  tx: Tx,
  deps: Deps,
  client: Client,
  input: RegisterInput,
  passwordHash: string,
): Promise<OpenedSession> {
  const now = deps.clock.now();
  const { email, name, position, phone, workId, workLocation } = input;
  const user = await insertUser(tx, {
    id: v7(),
    email,
    username: usernameOf(email),
    name,
    role: 'employee',
    workId: workId ?? null,
    workLocation: workLocation ?? null,
    passwordHash,
    now,
  });
  if (user === undefined) throw emailTaken();
  const session = await openSession(tx, deps, user, client, now);
  await insertMail(tx, { kind: 'verify-email', userId: user.id, now });
  await insertOutbox(tx, [
    newEvent('auth.user-registered.v1', {
      version: user.version,
      occurredAt: now.toString(),
      actor: userAsActor(user, client),
      userId: user.id,
      after: { email, name, role: user.role, position, phone, workId, workLocation },
    }),
  ]);
  return session;
}
