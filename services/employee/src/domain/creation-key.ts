import { createHash } from 'node:crypto';

/** Identifies a repeated creation; `hash` tells whether the same was asked. Hashed, since the body may hold a password. */
export interface CreationKey {
  key: string;
  hash: string;
  /** No password came with it: the answer carries an invitation. */
  invited: boolean;
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
  const invited = password === undefined;
  const asked = Object.entries({ ...rest, invited }).filter(([, value]) => value != null);
  asked.sort(([a], [b]) => (a < b ? -1 : 1));
  return { key: sha256(`${actorId}:${idempotencyKey}`), hash: sha256(JSON.stringify(asked)), invited };
}
