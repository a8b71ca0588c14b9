import type { Operation } from '../operation.ts';

/** Operations of swaps, open shifts, roster files and calendars: see `operations.ts`. */
export const rosterExtrasOperations: Record<string, Operation> = {
  // Before those that end or remake the address.
  'GET /api/rosters/calendar/{secretToken}.ics': { needs: 'open', about: 'calendar address' },
  'GET /api/rosters/calendar-link': { needs: 'calendar.link' },
  'POST /api/rosters/calendar-link': { needs: 'calendar.link' },
  'DELETE /api/rosters/calendar-link': { needs: 'calendar.link' },

  'GET /api/rosters/export': { needs: 'rosters.read', query: { from: '2031-01-01', to: '2031-01-02' } },
  'POST /api/rosters/import': {
    needs: 'rosters.manage',
    // Of nobody: it says so of its row, and changes nothing.
    file: { type: 'text/csv', bytes: new TextEncoder().encode('workId,date,shift\nnobody,2031-01-01,\n') },
  },

  'GET /api/rosters/swaps': { needs: 'swaps.read' },
  'GET /api/rosters/swaps/{swapId}': { needs: 'swaps.read', about: 'swap asked for' },
  // Past the door it is a 409: nobody has this shift.
  'POST /api/rosters/swaps': {
    needs: 'swaps.ask',
    body: ({ cast: { members, siteId } }) => ({
      colleagueId: members.stranger.id,
      offered: { date: '2031-01-01', shiftId: siteId },
    }),
  },
  'POST /api/rosters/swaps/{swapId}/accept': { needs: 'swaps.ask', about: 'swap offered' },
  'POST /api/rosters/swaps/{swapId}/decline': { needs: 'swaps.ask', about: 'swap offered' },
  'POST /api/rosters/swaps/{swapId}/cancel': { needs: 'swaps.ask', about: 'swap asked for' },
  'POST /api/rosters/swaps/{swapId}/approve': { needs: 'swaps.decide', about: 'swap to decide' },
  'POST /api/rosters/swaps/{swapId}/reject': { needs: 'swaps.decide', about: 'swap to decide' },

  'POST /api/rosters/open-shifts': {
    needs: 'open-shifts.manage',
    about: 'shift type',
    body: ({ cast: { siteId }, subject }) => ({ siteId, date: '2031-01-01', shiftId: subject, places: 1 }),
  },
  'GET /api/rosters/open-shifts': { needs: 'open-shifts.read' },
  'GET /api/rosters/open-shifts/{openShiftId}': { needs: 'open-shifts.read', about: 'open shift' },
  'GET /api/rosters/open-shifts/{openShiftId}/picks': { needs: 'open-shifts.manage', about: 'open shift' },
  'POST /api/rosters/open-shifts/{openShiftId}/picks': { needs: 'open-shifts.pick', about: 'open shift' },
  'POST /api/rosters/open-shifts/{openShiftId}/close': { needs: 'open-shifts.manage', about: 'open shift' },
  'POST /api/rosters/open-shifts/{openShiftId}/give-back': {
    needs: 'open-shifts.pick',
    about: 'place in an open shift',
  },
  'POST /api/rosters/open-shifts/{openShiftId}/picks/{employeeId}/approve': {
    needs: 'open-shifts.manage',
    about: 'waiting pick',
  },
  'POST /api/rosters/open-shifts/{openShiftId}/picks/{employeeId}/refuse': {
    needs: 'open-shifts.manage',
    about: 'waiting pick',
  },
};
