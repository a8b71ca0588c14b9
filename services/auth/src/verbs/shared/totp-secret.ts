import { seal, unseal } from '../../crypto/seal.ts';
import type { Deps } from '../../deps.ts';

// With the person in it: a sealed secret that is copied to another person's row opens nothing.
const purposeOf = (userId: string): string => `muster totp secret ${userId}`;

/** A TOTP secret as it may be stored. */
export const sealTotpSecret = ({ settings }: Deps, userId: string, secret: string): Buffer =>
  seal(secret, settings.keySecret, purposeOf(userId));

/** The inverse of {@link sealTotpSecret}. */
export const openTotpSecret = ({ settings }: Deps, userId: string, sealed: Uint8Array): string =>
  unseal(sealed, settings.keySecret, purposeOf(userId));
