import type { PersonalTables } from '@muster/db';

/**
 * What the tables of leave hold about people: see `sql/personal-data.ts`. Days of leave belong to the working time they excuse, and
 * stay by id; what was written beside them goes.
 */
export const leaveTables: PersonalTables = {
  holiday_lists: { not: 'calendars' },
  holidays: { not: 'calendars' },
  site_holiday_lists: { not: 'calendars of sites' },
  leave_types: { not: 'rules' },
  leave_requests: {
    whose: 'employee_id = $1',
    key: { id: 'uuid' },
    told: [
      'id',
      'employee_id',
      'type_id',
      'from_date',
      'to_date',
      'first_day',
      'last_day',
      'charged',
      'status',
      'note',
      'asked_at',
      'decided_at',
      'decision_note',
      'version',
    ],
    // Who asked for them and who decided are other people.
    withheld: ['asked_by', 'decided_by'],
    erasure: { set: { note: 'null', decision_note: 'null' } },
  },
  leave_days: {
    whose: 'employee_id = $1',
    key: { date: 'date', half: 'smallint' },
    told: ['employee_id', 'date', 'half', 'request_id', 'leave_year', 'charged', 'approved'],
    erasure: 'keep',
  },
  leave_entries: {
    whose: 'employee_id = $1',
    key: { id: 'uuid' },
    told: ['id', 'employee_id', 'type_id', 'leave_year', 'kind', 'amount', 'request_id', 'good_until', 'note', 'at'],
    withheld: ['by_id'],
    erasure: { set: { note: 'null' } },
  },
  leave_recounts: { not: 'ids and dates on their way to a worker' },
  leave_balances: {
    whose: 'employee_id = $1',
    key: { type_id: 'uuid', leave_year: 'date' },
    told: ['employee_id', 'type_id', 'leave_year', 'amount'],
    erasure: 'keep',
  },
};
