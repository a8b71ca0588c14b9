import { hash } from 'node:crypto';

/** Hexadecimal digits that say the same for the same words, on every machine. */
const digest = (...words: string[]): string => hash('sha256', words.join(' '), 'hex');

/** A UUID of the first 128 bits of `hex`, of that version. */
function format(hex: string, version: 7 | 8): string {
  const variant = (Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8;
  const third = `${version}${hex.slice(13, 16)}`;
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${third}-${variant.toString(16)}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The id of the fact a device calls `clientId`: whichever process stores it first, it is the same. */
export const punchIdOf = (employeeId: string, clientId: string): string =>
  format(digest('punch', employeeId, clientId), 8);

/** The client id of a line of a device's log: what the line says, wherever and however often it is imported. */
export const clientIdOf = (...words: string[]): string => format(digest('line', ...words), 8);

/** The id of the session that a fact opened at an instant (Unix milliseconds): a UUIDv7 of that time, so that ids sort as lists do. */
export function sessionIdOf(inId: string, atMs: number): string {
  const time = Math.max(0, atMs).toString(16).padStart(12, '0');
  return format(`${time}${digest('session', inId).slice(12)}`, 7);
}
