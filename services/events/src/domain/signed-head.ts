import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { redactionMessage, type SignedRedaction } from './signed-redaction.ts';

/** The end of the chain as of `signedAt` (RFC 3339, UTC milliseconds), vouched for by the key `keyId`. */
export interface SignedHead {
  seq: number;
  hash: Buffer;
  signedAt: string;
  keyId: string;
  signature: Buffer;
}

export interface HeadSigner {
  keyId: string;
  publicKey: KeyObject;
  sign(seq: number, hash: Buffer, signedAt: string): SignedHead;
  /** False for a forged signature, and for a key that is neither the current nor a retired one. */
  verify(head: SignedHead): boolean;
  signRedaction(redaction: Omit<SignedRedaction, 'keyId' | 'signature'>): SignedRedaction;
  /** As {@link verify}. */
  verifyRedaction(redaction: SignedRedaction): boolean;
}

// A prefix of its own, so that no other signature made with this key could pass for a head.
const message = (seq: number, hash: Buffer, signedAt: string): Buffer =>
  Buffer.from(`muster audit head\n${seq}\n${hash.toString('hex')}\n${signedAt}`);

const keyIdOf = (key: KeyObject): string =>
  createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 16);

/** Reads an Ed25519 private key (PKCS8 PEM in base64). Throws for any other kind of key. */
export function readSigningKey(base64Pem: string): KeyObject {
  const key = createPrivateKey(Buffer.from(base64Pem, 'base64'));
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('must be an Ed25519 private key');
  return key;
}

/** Reads an Ed25519 public key (SPKI PEM in base64). Throws for any other kind of key. */
export function readPublicKey(base64Pem: string): KeyObject {
  const key = createPublicKey(Buffer.from(base64Pem, 'base64'));
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('must be an Ed25519 public key');
  return key;
}

/** Signs heads with `key`; verifies those of `key` and of the `retired` public keys it followed. */
export function createHeadSigner(key: KeyObject, retired: readonly KeyObject[] = []): HeadSigner {
  const own = createPublicKey(key);
  const keyId = keyIdOf(own);
  const known = new Map([...retired, own].map((publicKey) => [keyIdOf(publicKey), publicKey]));
  const holds = (signed: { keyId: string; signature: Buffer }, said: Buffer): boolean => {
    const publicKey = known.get(signed.keyId);
    return publicKey !== undefined && verify(null, said, publicKey, signed.signature);
  };
  return {
    keyId,
    publicKey: own,
    sign: (seq, hash, signedAt) => ({
      seq,
      hash,
      signedAt,
      keyId,
      signature: sign(null, message(seq, hash, signedAt), key),
    }),
    verify: (head) => holds(head, message(head.seq, head.hash, head.signedAt)),
    signRedaction: (redaction) => ({ ...redaction, keyId, signature: sign(null, redactionMessage(redaction), key) }),
    verifyRedaction: (redaction) => holds(redaction, redactionMessage(redaction)),
  };
}
