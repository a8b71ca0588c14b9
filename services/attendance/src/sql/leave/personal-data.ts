import type { PersonalTables } from '@muster/db';

/** What the tables of leave hold about people: see `sql/personal-data.ts`. */
export const leaveTables: PersonalTables = {};
