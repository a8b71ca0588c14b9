import type { PersonalTables } from '@muster/db';

/** What the tables of timesheets hold about people: see `sql/personal-data.ts`. */
export const timesheetsTables: PersonalTables = {};
