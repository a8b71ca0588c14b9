import type { PersonalTables } from '@muster/db';

/** What the tables of rosters hold about people: see `sql/personal-data.ts`. */
export const rostersTables: PersonalTables = {};
