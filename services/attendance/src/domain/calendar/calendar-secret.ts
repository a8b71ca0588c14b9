import { createHash, randomBytes } from 'node:crypto';

/** The secret in a calendar's address: 256 random bits in 43 letters that need no escaping. */
export const newCalendarSecret = (): string => randomBytes(32).toString('base64url');

/** What is kept of it. Nobody guesses 256 bits, so a fast hash will do. */
export const digestCalendarSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** Where the feed of a secret is read. */
export const calendarPath = (secret: string): string => `/api/rosters/calendar/${secret}.ics`;
