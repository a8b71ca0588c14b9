import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  type Uint8Array_,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { COSEALG } from '@simplewebauthn/server/helpers';

/** Whom passkeys are for: the host they belong to, and the pages that may ask for them. */
export interface RelyingParty {
  id: string;
  /** Like `https://muster.example`. */
  origins: string[];
}

/** A passkey as it is stored. */
export interface StoredPasskey {
  /** The authenticator's id of it, base64url. */
  credentialId: string;
  /** COSE. */
  publicKey: Uint8Array;
  /** Signatures so far, as the authenticator counts them. */
  counter: number;
  transports: string[];
}

const rpName = 'Muster';
// What every authenticator can; named, so that all processes accept the same whatever their runtime could do besides.
const supportedAlgorithmIDs = [COSEALG.EdDSA, COSEALG.ES256, COSEALG.RS256];

/** The user handle that an authenticator keeps with the passkey: nothing but the id. */
export const userHandleOf = (userId: string): string => Buffer.from(userId).toString('base64url');

/** What a browser needs to make a passkey. Discoverable, and only where the authenticator verifies its person. */
export const creationOptions = (
  rp: RelyingParty,
  user: { id: string; email: string; name: string },
  existing: Pick<StoredPasskey, 'credentialId' | 'transports'>[],
  timeoutMs: number,
) =>
  generateRegistrationOptions({
    rpName,
    rpID: rp.id,
    userID: new TextEncoder().encode(user.id),
    userName: user.email,
    userDisplayName: user.name,
    timeout: timeoutMs,
    attestationType: 'none',
    excludeCredentials: existing.map(({ credentialId: id, transports }) => ({ id, transports })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs,
  });

/** What a browser needs to sign in by whichever passkey the person picks. */
export const requestOptions = (rp: RelyingParty, timeoutMs: number) =>
  generateAuthenticationOptions({ rpID: rp.id, userVerification: 'required', timeout: timeoutMs });

/** The new passkey, or undefined unless it was made for this challenge, on our pages, by a verified person. */
export async function verifyCreation(
  rp: RelyingParty,
  challenge: string,
  response: RegistrationResponseJSON,
): Promise<(StoredPasskey & { synced: boolean }) | undefined> {
  const { registrationInfo } = await verifyRegistrationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: rp.origins,
    expectedRPID: rp.id,
    requireUserVerification: true,
    supportedAlgorithmIDs,
  }).catch(() => ({ registrationInfo: undefined }));
  if (registrationInfo === undefined) return undefined;
  const { credential, credentialBackedUp: synced } = registrationInfo;
  const { id: credentialId, publicKey, counter, transports = [] } = credential;
  return { credentialId, publicKey, counter, transports, synced };
}

/**
 * What the authenticator said, or undefined unless it signed this challenge with this very passkey, on our pages, for a
 * verified person. Its counter is for the caller to judge.
 */
export async function verifyAssertion(
  rp: RelyingParty,
  challenge: string,
  response: AuthenticationResponseJSON,
  { credentialId: id, publicKey }: StoredPasskey,
): Promise<{ counter: number; synced: boolean } | undefined> {
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: rp.origins,
    expectedRPID: rp.id,
    requireUserVerification: true,
    // Counter 0: the library would not tell a regression from a bad signature.
    credential: { id, publicKey: publicKey as Uint8Array_, counter: 0 },
  }).catch(() => ({ verified: false, authenticationInfo: undefined }));
  if (!verified || authenticationInfo === undefined) return undefined;
  return { counter: authenticationInfo.newCounter, synced: authenticationInfo.credentialBackedUp };
}
