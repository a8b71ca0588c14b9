import { createHash } from 'node:crypto';

/** 128 bits that say the same for the same words, on every machine. */
const digest = (...words: string[]): Buffer => createHash('sha256').update(words.join(' ')).digest().subarray(0, 16);

function format(bytes: Buffer, version: number): string {
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | (version << 4);
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** The id of the fact a device calls `clientId`: whichever process stores it first, it is the same. */
export const punchIdOf = (employeeId: string, clientId: string): string =>
  format(digest('punch', employeeId, clientId), 8);

/** The client id of a line of a device's log: what the line says, wherever and however often it is imported. */
export const clientIdOf = (...words: string[]): string => format(digest('line', ...words), 8);

/** The id of the session that a fact opened at an instant (Unix milliseconds): a UUIDv7 of that time, so that ids sort as lists do. */
export function sessionIdOf(inId: string, atMs: number): string {
  const bytes = digest('session', inId);
  bytes.writeUIntBE(Math.max(0, atMs), 0, 6);
  return format(bytes, 7);
}
