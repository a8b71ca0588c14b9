import type { PersonalTables } from '@muster/db';

/** What the tables of sync hold about people: see `sql/personal-data.ts`. */
export const syncTables: PersonalTables = {};
