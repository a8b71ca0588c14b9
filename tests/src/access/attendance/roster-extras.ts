import type { Operation } from '../operation.ts';

/** Operations of swaps, open shifts, roster files and calendars: see `operations.ts`. */
export const rosterExtrasOperations: Record<string, Operation> = {
  // Before those that end or remake the address.
  'GET /api/rosters/calendar/{secretToken}.ics': { needs: 'open', about: 'calendar address' },
  'GET /api/rosters/calendar-link': { needs: 'calendar.link' },
  'POST /api/rosters/calendar-link': { needs: 'calendar.link' },
  'DELETE /api/rosters/calendar-link': { needs: 'calendar.link' },
};
