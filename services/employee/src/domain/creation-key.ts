import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';

/** Identifies a repeated creation; `hash` tells whether the same was asked. Hashed: the key seals the answer. */
export interface CreationKey {
  key: string;
  hash: string;
  /** Never stored: whoever repeats the request brings it along. */
  secret: Uint8Array;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** The creation key of a request with an `Idempotency-Key`; keys of different people never meet. */
export function creationKeyOf(
  actorId: string,
  idempotencyKey: string | undefined,
  input: Record<string, unknown>,
): CreationKey | undefined {
  if (idempotencyKey === undefined) return undefined;
  // A password is easy to guess from a plain hash of little else, so it stays out of what is stored.
  const { password, ...rest } = input;
  const asked = Object.entries({ ...rest, invited: password === undefined }).filter(([, value]) => value != null);
  asked.sort(([a], [b]) => (a < b ? -1 : 1));
  const secret = new Uint8Array(hkdfSync('sha256', idempotencyKey, actorId, 'muster employee creation', 32));
  return { key: sha256(`${actorId}:${idempotencyKey}`), hash: sha256(JSON.stringify(asked)), secret };
}

const ivBytes = 12;
const tagBytes = 16;

/** Seals an answer so that only the Idempotency-Key it belongs to opens it (AES-256-GCM). */
export function sealAnswer({ key, secret }: CreationKey, answer: unknown): Buffer {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', secret, iv).setAAD(Buffer.from(key));
  const sealed = Buffer.concat([cipher.update(JSON.stringify(answer)), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
}

/** Opens what {@link sealAnswer} sealed under the same key; throws for any other. */
export function openAnswer({ key, secret }: CreationKey, sealed: Uint8Array): unknown {
  const iv = sealed.subarray(0, ivBytes);
  const decipher = createDecipheriv('aes-256-gcm', secret, iv).setAAD(Buffer.from(key));
  decipher.setAuthTag(sealed.subarray(ivBytes, ivBytes + tagBytes));
  const text = Buffer.concat([decipher.update(sealed.subarray(ivBytes + tagBytes)), decipher.final()]);
  return JSON.parse(text.toString());
}
