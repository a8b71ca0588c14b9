import type { PersonalTables } from '@muster/db';

/** What the tables of live hold about people: see `sql/personal-data.ts`. */
export const liveTables: PersonalTables = {
  live_plans: { not: 'what follows from shifts and leave for a few days; told with these' },
};
