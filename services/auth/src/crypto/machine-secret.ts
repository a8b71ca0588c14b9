import { randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** What a secret is for, readable in the secret itself: API key, client secret, device token. */
export type SecretKind = 'mst' | 'msc' | 'msd';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 43 characters of 62 are 256 bits. */
const randomLength = 43;
const checksumLength = 6;
const shape = new RegExp(`^(ms[tcd])_([0-9A-Za-z]{${randomLength}})([0-9A-Za-z]{${checksumLength}})$`);

function checksum(body: string): string {
  let rest = crc32(body);
  let text = '';
  for (let i = 0; i < checksumLength; i++) {
    text = alphabet[rest % alphabet.length] + text;
    rest = Math.floor(rest / alphabet.length);
  }
  return text;
}

/**
 * A secret for a machine: `mst_` and 49 letters and digits, of which the last six are the CRC-32 of what comes before. Scanners of
 * leaks find it by its prefix and know by the checksum that it is none by chance.
 */
export function newMachineSecret(kind: SecretKind): string {
  const random = Array.from({ length: randomLength }, () => alphabet[randomInt(alphabet.length)]).join('');
  const body = `${kind}_${random}`;
  return body + checksum(body);
}

/** Whether it can be such a secret at all: typing errors and garbage cost no query. */
export function isMachineSecret(text: string, kind: SecretKind): boolean {
  const parts = shape.exec(text);
  return parts?.[1] === kind && checksum(`${kind}_${parts[2]}`) === parts[3];
}

/** Enough to recognise a secret in a list: `mst_…k7Qz`. */
export const secretHint = (secret: string): string => `${secret.slice(0, 4)}…${secret.slice(-4)}`;
