import { z } from 'zod';
import { algorithm, tokenType } from './claims.ts';
import { encodePart } from './encode-part.ts';

/**
 * What our tokens say of themselves. A key or an address of one inside (`jwk`, `jku`, `x5u`, `x5c`) is never looked at;
 * `crit` asks for what we do not know, so it is refused (RFC 7515 §4.1.11).
 */
const header = z.object({
  alg: z.literal(algorithm),
  kid: z.string().min(1).max(128),
  typ: z.literal(tokenType),
  crit: z.undefined().optional(),
});

const signatureBytes = 64;

/**
 * The header of a token that is written as we write them, to the last bit: a member twice, padding, stray bits or blanks
 * never come from us, and two parsers may read them differently. Throws for any other text; verifies nothing.
 */
export function readHeader(token: string): z.output<typeof header> {
  const [head = '', payload = '', signature = '', ...more] = token.split('.');
  if (more.length > 0) throw new TypeError('more than three parts');
  readPart(payload);
  const bytes = Buffer.from(signature, 'base64url');
  if (bytes.length !== signatureBytes || bytes.toString('base64url') !== signature) {
    throw new TypeError('no ES256 signature');
  }
  return header.parse(readPart(head));
}

function readPart(part: string): object {
  const value = JSON.parse(Buffer.from(part, 'base64url').toString());
  if (typeof value !== 'object' || value === null || encodePart(value) !== part)
    throw new TypeError('not as we write it');
  return value;
}
