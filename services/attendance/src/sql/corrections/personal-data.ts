import type { PersonalTables } from '@muster/db';

/** What the tables of corrections hold about people: see `sql/personal-data.ts`. */
export const correctionsTables: PersonalTables = {
  correction_requests: {
    whose: 'employee_id = $1',
    key: { id: 'uuid' },
    told: [
      'id',
      'employee_id',
      'change',
      'target_id',
      'target_at',
      'type',
      'occurred_at',
      'reason',
      'status',
      'asked_at',
      'decided_at',
      'note',
      'effect',
      'version',
    ],
    // Who asked and who decided are other people, where it was not the person.
    withheld: ['asked_by', 'decided_by'],
    erasure: { set: { reason: 'null', note: 'null' } },
  },
  month_locks: { not: 'months of sites, and by whose id they were closed' },
  locked_months: { not: 'ids and months' },
  waiting_days: {
    whose: 'employee_id = $1',
    key: { date: 'date' },
    told: ['employee_id', 'date', 'since', 'day'],
    erasure: 'keep',
  },
};
