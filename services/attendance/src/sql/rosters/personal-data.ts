import type { PersonalTables } from '@muster/db';

/** What the tables of rosters hold about people: see `sql/personal-data.ts`. When somebody was to work explains their days. */
export const rostersTables: PersonalTables = {
  shift_types: { not: 'kinds of shifts' },
  shift_type_versions: { not: 'kinds of shifts' },
  rotations: { not: 'patterns of shifts' },
  shift_assignments: {
    whose: 'employee_id = $1',
    key: { id: 'uuid' },
    told: [
      'id',
      'employee_id',
      'kind',
      'shift_type_id',
      'weekdays',
      'rotation_id',
      'rotation_offset',
      'from_date',
      'to_date',
      'zone',
    ],
    withheld: ['version'],
    erasure: 'keep',
  },
  roster_days: {
    whose: 'employee_id = $1',
    key: { date: 'date' },
    told: ['employee_id', 'date', 'site_id', 'shift_type_ids', 'zone', 'origin', 'origin_id'],
    withheld: ['version'],
    erasure: 'keep',
  },
  rosters: { not: 'a plan of a site, and by whose id it was made' },
  roster_entries: {
    whose: 'employee_id = $1',
    key: { roster_id: 'uuid', date: 'date' },
    told: ['roster_id', 'employee_id', 'date', 'shift_type_ids'],
    withheld: ['base_version'],
    // What was published of them is in roster_days.
    erasure: 'delete',
  },
  planned_instants: { not: 'wall times' },
  roster_horizon: { not: 'a date' },
  headcount_queue: { not: 'sites' },
};
