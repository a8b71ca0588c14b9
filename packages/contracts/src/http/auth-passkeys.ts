import { z } from 'zod';
import { id, instant } from '../ids.ts';
import { text } from '../text.ts';
import { proof } from './auth-proof.ts';

// What authenticators and browsers say is checked by WebAuthn's own rules; here only that it is small and has the shape that
// WebAuthn Level 3 gives to `toJSON()`, whole: most of it is said a second time and not read.
const base64url = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[\w-]+$/, 'must be base64url');
const credential = {
  id: base64url(1400),
  rawId: base64url(1400),
  type: z.literal('public-key'),
  authenticatorAttachment: z.string().max(40).nullish(),
  clientExtensionResults: z.record(z.string(), z.unknown()).optional(),
};
const credentialDescriptor = z.object({
  id: z.string(),
  type: z.string(),
  transports: z.array(z.string()).optional(),
});

/** What `navigator.credentials.create()` made, by its `toJSON()`. */
const attestation = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url(4000),
    attestationObject: base64url(12_000),
    transports: z
      .array(z.string().regex(/^[a-z-]{1,20}$/))
      .max(10)
      .optional(),
  }),
});

/** What `navigator.credentials.get()` made, by its `toJSON()`. */
const assertion = z.strictObject({
  ...credential,
  response: z.strictObject({
    clientDataJSON: base64url(4000),
    attestationObject: base64url(12_000).nullish(),
    authenticatorData: base64url(2000),
    signature: base64url(4000),
    userHandle: base64url(100).nullish(),
  }),
});

/** A name to tell one's passkeys apart. */
const passkeyName = text(60).meta({ example: 'My phone' });

export const passkeyOptionsBody = proof;
export const addPasskeyBody = z.strictObject({ name: passkeyName.default('Passkey'), response: attestation });
export const renamePasskeyBody = z.strictObject({ name: passkeyName });
export const passkeyLoginBody = z.strictObject({ response: assertion });

/** For `PublicKeyCredential.parseCreationOptionsFromJSON()`. */
export const passkeyCreationOptions = z.object({
  rp: z.object({ id: z.string().optional(), name: z.string() }),
  user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
  challenge: z.string(),
  pubKeyCredParams: z.array(z.object({ alg: z.int(), type: z.string() })),
  timeout: z.int().optional(),
  attestation: z.string().optional(),
  excludeCredentials: z.array(credentialDescriptor).optional(),
  authenticatorSelection: z.record(z.string(), z.unknown()).optional(),
  extensions: z.record(z.string(), z.unknown()).optional(),
  hints: z.array(z.string()).optional(),
});

/** For `PublicKeyCredential.parseRequestOptionsFromJSON()`; the same for everybody: the authenticator knows its people. */
export const passkeyRequestOptions = z.object({
  challenge: z.string(),
  rpId: z.string().optional(),
  timeout: z.int().optional(),
  userVerification: z.string().optional(),
});

/** `synced`: its provider keeps it on several devices. */
export const passkey = z.object({
  id,
  name: z.string(),
  synced: z.boolean(),
  createdAt: instant,
  lastUsedAt: instant.nullable(),
});
export const passkeyList = z.object({ data: z.array(passkey) });

export type AddPasskeyInput = z.infer<typeof addPasskeyBody>;
export type PasskeyLoginInput = z.infer<typeof passkeyLoginBody>;
export type PasskeyCreationOptions = z.infer<typeof passkeyCreationOptions>;
export type PasskeyRequestOptions = z.infer<typeof passkeyRequestOptions>;
export type Passkey = z.infer<typeof passkey>;
