import type { PersonalTables } from '@muster/db';

/** What the tables of corrections hold about people: see `sql/personal-data.ts`. */
export const correctionsTables: PersonalTables = {};
