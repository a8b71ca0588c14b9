import { z } from 'zod';
import { instant } from '../ids.ts';

/** Whether somebody has a calendar address; the address itself is shown once. */
export const calendarLinkState = z
  .object({ isSet: z.boolean(), createdAt: instant.nullable() })
  .meta({ example: { isSet: true, createdAt: '2026-11-21T08:00:00.000Z' } });
export type CalendarLinkState = z.infer<typeof calendarLinkState>;

/** The path of the feed under the platform's own origin. Whoever knows it reads the roster, so it is shown this once. */
export const calendarLink = z
  .object({ path: z.string(), createdAt: instant })
  .meta({ example: { path: '/api/rosters/calendar/3q2-…-w.ics', createdAt: '2026-11-21T08:00:00.000Z' } });
export type CalendarLink = z.infer<typeof calendarLink>;

/** 256 random bits in 43 letters. */
export const calendarSecret = z.string().regex(/^[\w-]{43}$/, 'must be the secret of a calendar address');
export const calendarFeedParams = z.object({ secretToken: calendarSecret });
