import type { PersonalTables } from '@muster/db';

/** What the tables of calendars hold about people: see `sql/personal-data.ts`. */
export const calendarTables: PersonalTables = {
  calendar_links: {
    whose: 'employee_id = $1',
    key: { employee_id: 'uuid' },
    told: ['employee_id', 'created_at'],
    withheld: ['digest', 'version'],
    erasure: 'delete',
  },
  calendar_entries: {
    whose: 'employee_id = $1',
    key: { date: 'date', shift_id: 'text' },
    told: ['employee_id', 'date', 'shift_id', 'name', 'place', 'starts_at', 'ends_at', 'cancelled'],
    withheld: ['sequence', 'changed_at'],
    erasure: 'delete',
  },
};
