import { z } from 'zod';
import { id, instant } from '../ids.ts';
import { pageOf, pageQuery } from '../paging.ts';
import { actorRole, role } from '../roles.ts';
import { email, phone, text } from '../text.ts';
import { oneFactor, secondFactor, triedPassword } from './auth-proof.ts';

export * from './auth-machines.ts';

/** A password about to be set. That it is none of the common ones is for auth's domain to say, as a 400 on this field. */
const newPassword = z
  .string()
  .min(10, 'must have at least 10 characters')
  .max(1024)
  .refine((value) => new TextEncoder().encode(value).length <= 72, 'must be at most 72 bytes long');
const refreshToken = z.string().min(1).max(256);
const oneTimeToken = z.string().min(1).max(256);
const username = text(254).toLowerCase();

export const registerBody = z.strictObject({
  email,
  password: newPassword,
  name: text(120),
  position: text(120).optional(),
  phone: phone.optional(),
  workId: text(64).optional(),
  workLocation: text(120).optional(),
});

/** `Idempotency-Key`: the same key and body again answers for the same account, another body is a 422. */
export const registerHeaders = z.object({
  'idempotency-key': z
    .string()
    .min(1)
    .max(200)
    .regex(/^[\x20-\x7e]+$/, 'must be printable ASCII')
    .optional(),
});

/** A person with two-factor sign-in gives `totp` or `recoveryCode` as well; for everybody else they mean nothing. */
export const loginBody = z
  .strictObject({
    email: email.optional(),
    username: username.optional(),
    password: triedPassword,
    ...secondFactor,
  })
  .refine((body) => (body.email === undefined) !== (body.username === undefined), {
    message: 'give either email or username',
    path: ['email'],
  })
  .refine(oneFactor.check, oneFactor);

export const refreshBody = z.strictObject({ refreshToken });
export const changePasswordBody = z.strictObject({ currentPassword: triedPassword, newPassword });
export const acceptInvitationBody = z.strictObject({ token: oneTimeToken, password: newPassword });

const mailedToken = 'Yq3v0s7rX1mJ0s9V0cJ7m2cWv8cZxQ1r5v7nGm4bT8k';
export const forgotPasswordBody = z.strictObject({ email }).meta({ example: { email: 'ada@example.org' } });
/** `token`: of the mailed link, once, within 30 minutes. */
export const resetPasswordBody = z
  .strictObject({ token: oneTimeToken, newPassword })
  .meta({ example: { token: mailedToken, newPassword: 'correct horse battery' } });
/** `token`: of the mailed link, once, within 30 minutes. */
export const verifyEmailBody = z.strictObject({ token: oneTimeToken }).meta({ example: { token: mailedToken } });

/** The signed-in person, as sessions and the profile carry it. */
export const accountUser = z.object({
  id,
  email: z.string(),
  /** The person has shown that it reads this mailbox. */
  emailVerified: z.boolean(),
  username: z.string().nullable(),
  name: z.string(),
  role,
  workId: z.string().nullable(),
  workLocation: z.string().nullable(),
});

/**
 * `expiresIn` is the access token's life in seconds. With `limitedTo` it opens nothing but the setting-up of two-factor
 * sign-in, which the role demands here: refresh the session afterwards.
 */
export const session = z.object({
  accessToken: z.string(),
  refreshToken: z.string(),
  tokenType: z.literal('Bearer'),
  expiresIn: z.int(),
  limitedTo: z.literal('two-factor-setup').optional(),
  user: accountUser,
});

/**
 * What the caller may do: resource × action, and how far: `own`, `class`, `reports` (everybody below), `site`, `all`. What is
 * not listed is refused.
 */
export const permissionList = z
  .object({
    role: actorRole,
    permissions: z.array(
      z.object({ resource: z.string(), action: z.string(), scope: z.enum(['own', 'class', 'reports', 'site', 'all']) }),
    ),
  })
  .meta({
    examples: [
      {
        role: 'manager',
        permissions: [
          { resource: 'employees', action: 'read', scope: 'all' },
          { resource: 'attendance', action: 'read', scope: 'reports' },
        ],
      },
    ],
  });

export const validation = z.object({
  valid: z.literal(true),
  user: z.object({ id, email: z.string(), role: actorRole }),
});

/** A user as administrators see it; `active` is false when it may not sign in, for whichever reason. */
export const managedUser = accountUser.extend({
  active: z.boolean(),
  invited: z.boolean(),
  createdAt: instant,
  updatedAt: instant,
});
export const managedUserPage = pageOf(managedUser);

export const userListQuery = pageQuery.extend({
  search: text(120).optional(),
  role: role.optional(),
  active: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional(),
});

export const userPatch = z
  .strictObject({ role: role.optional(), active: z.boolean().optional() })
  .refine((patch) => patch.role !== undefined || patch.active !== undefined, { message: 'give role or active' });

/** What a session was begun with, as far as its `User-Agent` tells; `name` is made for people: `Firefox on Windows`. */
export const sessionDevice = z.object({
  name: z.string().meta({ example: 'Firefox on Windows' }),
  kind: z.enum(['desktop', 'phone', 'tablet', 'tv', 'other']),
  browser: z.string().nullable().meta({ example: 'Firefox 145' }),
  os: z.string().nullable().meta({ example: 'Windows 10' }),
});

/**
 * A session that has not ended. `ip` is where it was last used from, `place` that network's name where it has one
 * (setting `NETWORK_NAMES`). `current`: the one that asks. It ends by itself at `expiresAt`, which moves with every use.
 */
export const listedSession = z.object({
  id,
  device: sessionDevice,
  ip: z.string().nullable().meta({ example: '192.0.2.17' }),
  place: z.string().nullable().meta({ example: 'Head office' }),
  createdAt: instant,
  lastUsedAt: instant,
  expiresAt: instant,
  current: z.boolean(),
});
export const listedSessionPage = pageOf(listedSession);

/** JSON Web Key Set of public ES256 keys. */
export const jwks = z.object({
  keys: z.array(
    z.object({
      kty: z.literal('EC'),
      crv: z.literal('P-256'),
      x: z.string(),
      y: z.string(),
      kid: z.string(),
      alg: z.literal('ES256'),
      use: z.literal('sig'),
    }),
  ),
});

/** A signing key: `announced` signs from `signsFrom` on, `retired` verifies until `expiresAt` (null: no successor yet). */
export const signingKeyInfo = z.object({
  kid: z.string(),
  state: z.enum(['announced', 'signing', 'retired']),
  createdAt: instant,
  signsFrom: instant,
  expiresAt: instant.nullable(),
});
export const signingKeyList = z.object({ keys: z.array(signingKeyInfo) });
/** `made`: whether this request began the rotation; false while an earlier one is on its way. */
export const keyRotationAnswer = signingKeyList.extend({ made: z.boolean() });

/** `POST /internal/logins`: employee opens the login of a person it is creating. */
export const openLoginBody = z.strictObject({
  id,
  email,
  name: text(120),
  role: role.default('employee'),
  password: newPassword.optional(),
  workId: text(64).nullish(),
  workLocation: text(120).nullish(),
});
/** `invitationToken` is there when no password has been set: valid once, for 7 days, and never shown again. */
export const openedLogin = z.object({ userId: id, invitationToken: z.string().optional() });

/** What ended within the last access-token lifetime and a minute. */
export const revocations = z.object({
  sessions: z.array(id),
  users: z.array(z.object({ id, minVer: z.int() })),
});

export type RegisterInput = z.infer<typeof registerBody>;
export type LoginInput = z.infer<typeof loginBody>;
export type RefreshInput = z.infer<typeof refreshBody>;
export type ChangePasswordInput = z.infer<typeof changePasswordBody>;
export type AcceptInvitationInput = z.infer<typeof acceptInvitationBody>;
export type ForgotPasswordInput = z.infer<typeof forgotPasswordBody>;
export type ResetPasswordInput = z.infer<typeof resetPasswordBody>;
export type VerifyEmailInput = z.infer<typeof verifyEmailBody>;
export type AccountUser = z.infer<typeof accountUser>;
export type Session = z.infer<typeof session>;
export type SessionDevice = z.infer<typeof sessionDevice>;
export type ListedSession = z.infer<typeof listedSession>;
export type SigningKeyInfo = z.infer<typeof signingKeyInfo>;
export type KeyRotationAnswer = z.infer<typeof keyRotationAnswer>;
export type ManagedUser = z.infer<typeof managedUser>;
export type UserListQuery = z.infer<typeof userListQuery>;
export type UserPatch = z.infer<typeof userPatch>;
export type OpenLoginInput = z.infer<typeof openLoginBody>;
export type OpenedLogin = z.infer<typeof openedLogin>;
export type Revocations = z.infer<typeof revocations>;
