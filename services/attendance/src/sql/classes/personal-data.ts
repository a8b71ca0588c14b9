import type { PersonalTables } from '@muster/db';

/** What the tables of classes hold about people: see `sql/personal-data.ts`. */
export const classesTables: PersonalTables = {};
