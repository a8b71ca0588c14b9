import { actorRole } from '@muster/contracts';
import { z } from 'zod';

/**
 * Claims of an access token. `sid` and `ver` are what ends it early: the session (or key, secret, device) behind it, and its
 * subject's token version, raised when a role changes or somebody is disabled.
 */
export const accessClaims = z.object({
  iss: z.string(),
  aud: z.string(),
  sub: z.uuid(),
  sid: z.uuid(),
  ver: z.int().nonnegative(),
  role: actorRole,
  name: z.string(),
  email: z.string(),
  /** Seconds since 1970, as everywhere in JWT. */
  iat: z.int(),
  exp: z.int(),
  /** We issue none; a token that has it is refused before. */
  nbf: z.int().optional(),
  /** Actions, parted by spaces (RFC 9068): the token may take these at most. */
  scope: z.string().max(2048).optional(),
  /** Of a kiosk: where it stands. */
  siteId: z.uuid().optional(),
});
export type AccessClaims = z.infer<typeof accessClaims>;

/** The only algorithm we sign with, and the only one we accept whatever a token's header says. */
export const algorithm = 'ES256';
export const tokenType = 'at+jwt';
