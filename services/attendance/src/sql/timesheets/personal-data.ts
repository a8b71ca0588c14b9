import type { PersonalTables } from '@muster/db';

/** What the tables of timesheets hold about people: see `sql/personal-data.ts`. What was paid for stays, by id. */
export const timesheetsTables: PersonalTables = {
  rule_versions: { not: 'rules of sites; who wrote them is in the audit log' },
  overtime_approvals: {
    whose: 'employee_id = $1',
    key: { date: 'date', version: 'integer' },
    told: ['id', 'employee_id', 'date', 'version', 'minutes', 'overtime_ms', 'note', 'decided_at'],
    // Who decided is another person.
    withheld: ['decided_by'],
    erasure: { set: { note: 'null' } },
  },
  attendance_weeks: {
    whose: 'employee_id = $1',
    key: { from_at: 'timestamptz' },
    told: ['employee_id', 'from_at', 'ends_on', 'rules', 'worked_ms', 'by_day_ms', 'counted_ms', 'weighted_ms'],
    erasure: 'keep',
  },
  month_closes: { not: 'sums of sites; who closed them is in the audit log' },
  timesheets: {
    whose: 'employee_id = $1',
    key: { lock_id: 'uuid' },
    told: ['lock_id', 'employee_id', 'totals'],
    withheld: ['department'],
    erasure: 'keep',
  },
};
