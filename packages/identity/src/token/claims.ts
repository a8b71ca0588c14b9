import { role } from '@muster/contracts';
import { z } from 'zod';

/** Claims of an access token. `ver` is the user's token version, raised when the role changes or the user is disabled. */
export const accessClaims = z.object({
  iss: z.string(),
  aud: z.string(),
  sub: z.uuid(),
  sid: z.uuid(),
  ver: z.int().nonnegative(),
  role,
  name: z.string(),
  email: z.string(),
  /** Seconds since 1970, as everywhere in JWT. */
  iat: z.int(),
  exp: z.int(),
});
export type AccessClaims = z.infer<typeof accessClaims>;

/** The only algorithm we sign with, and the only one we accept whatever a token's header says. */
export const algorithm = 'ES256';
export const tokenType = 'at+jwt';
