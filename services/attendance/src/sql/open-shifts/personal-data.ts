import type { PersonalTables } from '@muster/db';

/** What the tables of open shifts hold about people: see `sql/personal-data.ts`. */
export const openShiftsTables: PersonalTables = {
  open_shifts: { not: 'places of a shift; posted_by is the id of whoever plans' },
  open_shift_picks: {
    whose: 'employee_id = $1',
    key: { id: 'uuid' },
    told: ['id', 'open_shift_id', 'employee_id', 'status', 'picked_at', 'decided_at'],
    // Who decided is another person.
    withheld: ['decided_by', 'version'],
    erasure: 'keep',
  },
};
