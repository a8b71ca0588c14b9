import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { isoCBOR } from '@simplewebauthn/server/helpers';

const sha256 = (data: string | Uint8Array): Buffer => createHash('sha256').update(data).digest();
const base64url = (data: Uint8Array): string => Buffer.from(data).toString('base64url');

const flags = { present: 0x01, verified: 0x04, backupEligible: 0x08, backedUp: 0x10, attested: 0x40 };

export interface AuthenticatorOptions {
  rpId: string;
  origin: string;
  /** Whether it knows its person by finger or PIN (default). */
  verifies?: boolean;
  /** Whether it counts its signatures (default). */
  counts?: boolean;
}

interface CreationOptions {
  challenge: string;
  user: { id: string };
}

/**
 * An authenticator and the browser in front of it, as WebAuthn describes them, holding one passkey. Everything about it may
 * be changed between two uses: that is what the tests are for.
 */
export function softwareAuthenticator(options: AuthenticatorOptions) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = publicKey.export({ format: 'jwk' });
  const credentialId = randomBytes(32);
  // COSE: kty EC2, alg ES256, crv P-256, x, y.
  const cose = isoCBOR.encode(
    new Map<number, number | Uint8Array>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, new Uint8Array(Buffer.from(jwk.x ?? '', 'base64url'))],
      [-3, new Uint8Array(Buffer.from(jwk.y ?? '', 'base64url'))],
    ]),
  );
  const state = { verifies: true, counts: true, counter: 0, userHandle: '', backedUp: false, ...options };

  const authData = (attested: Uint8Array = new Uint8Array()): Buffer => {
    if (state.counts) state.counter++;
    const set =
      flags.present |
      (state.verifies ? flags.verified : 0) |
      (state.backedUp ? flags.backupEligible | flags.backedUp : 0) |
      (attested.length > 0 ? flags.attested : 0);
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(state.counter);
    return Buffer.concat([sha256(state.rpId), Uint8Array.of(set), counter, attested]);
  };
  const clientData = (type: string, challenge: string, more: object = {}): Buffer =>
    Buffer.from(JSON.stringify({ type, challenge, origin: state.origin, crossOrigin: false, ...more }));
  const credential = { id: base64url(credentialId), rawId: base64url(credentialId), type: 'public-key' };

  return {
    state,
    /** As `navigator.credentials.create()`. */
    create({ challenge, user }: CreationOptions, more?: object) {
      state.userHandle = user.id;
      const length = Buffer.alloc(2);
      length.writeUInt16BE(credentialId.length);
      const data = authData(Buffer.concat([new Uint8Array(16), length, credentialId, cose]));
      const attestation = new Map<string, unknown>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', new Uint8Array(data)],
      ]);
      return {
        ...credential,
        response: {
          clientDataJSON: base64url(clientData('webauthn.create', challenge, more)),
          attestationObject: base64url(isoCBOR.encode(attestation as never)),
          transports: ['internal'],
        },
        clientExtensionResults: {},
      };
    },
    /** As `navigator.credentials.get()`. */
    get({ challenge }: { challenge: string }, more?: object) {
      const data = authData();
      const client = clientData('webauthn.get', challenge, more);
      const signature = sign('sha256', Buffer.concat([data, sha256(client)]), privateKey);
      return {
        ...credential,
        response: {
          clientDataJSON: base64url(client),
          authenticatorData: base64url(data),
          signature: base64url(signature),
          userHandle: state.userHandle,
        },
        clientExtensionResults: {},
      };
    },
  };
}

export type SoftwareAuthenticator = ReturnType<typeof softwareAuthenticator>;
