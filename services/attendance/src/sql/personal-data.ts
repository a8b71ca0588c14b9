import { kitTables, type PersonalTables } from '@muster/db';
import { calendarTables } from './calendar/personal-data.ts';
import { classesTables } from './classes/personal-data.ts';
import { correctionsTables } from './corrections/personal-data.ts';
import { leaveTables } from './leave/personal-data.ts';
import { liveTables } from './live/personal-data.ts';
import { openShiftsTables } from './open-shifts/personal-data.ts';
import { rostersTables } from './rosters/personal-data.ts';
import { swapsTables } from './swaps/personal-data.ts';
import { syncTables } from './sync/personal-data.ts';
import { timesheetsTables } from './timesheets/personal-data.ts';

/**
 * What each table holds about people: what an export tells of it, and what an erasure does. Punches and sessions are what
 * working time is proven by (and wages paid by): they stay, by id only.
 */
export const personalTables: PersonalTables = {
  punches: {
    whose: 'employee_id = $1',
    key: { occurred_at: 'timestamptz', id: 'uuid' },
    told: [
      'id',
      'employee_id',
      'attendance_id',
      'site_id',
      'occurred_at',
      'received_at',
      'claimed_at',
      'local_date',
      'utc_offset_minutes',
      'type',
      'source',
      'zone',
      'device_id',
      'latitude',
      'longitude',
      'accuracy_m',
      'notes',
      'flags',
      'sync_id',
    ],
    withheld: ['idempotency_key', 'request_hash', 'client_id'],
    erasure: {
      set: {
        device_id: 'null',
        latitude: 'null',
        longitude: 'null',
        accuracy_m: 'null',
        notes: 'null',
        idempotency_key: 'null',
        client_id: 'null',
        sync_id: 'null',
        request_hash: 'null',
      },
    },
  },
  attendance_sessions: {
    whose: 'employee_id = $1',
    key: { id: 'uuid' },
    told: [
      'id',
      'employee_id',
      'site_id',
      'check_in_punch_id',
      'check_out_punch_id',
      'check_in_at',
      'check_out_at',
      'date',
      'version',
      'source',
      'zone',
      'auto_closed',
      'break_since',
      'flags',
    ],
    erasure: 'keep',
  },
  corrections: {
    whose: 'employee_id = $1',
    key: { id: 'uuid' },
    told: ['id', 'employee_id', 'change', 'target_id', 'type', 'occurred_at', 'decided_at', 'reason'],
    // Who decided is another person.
    withheld: ['decided_by'],
    erasure: { set: { reason: 'null' } },
  },
  attendance_days: {
    whose: 'employee_id = $1',
    key: { date: 'date' },
    told: [
      'employee_id',
      'date',
      'status',
      'flags',
      'worked_ms',
      'expected_ms',
      'rounded_ms',
      'off_shift_ms',
      'overtime_kind',
      'overtime_beyond_ms',
      'overtime_ms',
      'overtime_weighted_ms',
      'overtime_awaits',
      'leave_halves',
      'settled',
      'late_minutes',
      'early_exit_minutes',
      'day',
    ],
    withheld: ['rules', 'due_at', 'auto_close_at'],
    erasure: 'keep',
  },
  day_queue: { not: 'ids and dates on their way to a worker' },
  people: {
    whose: 'id = $1',
    key: { id: 'uuid' },
    told: [
      'id',
      'name',
      'role',
      'department',
      'site_id',
      'manager_id',
      'status',
      'version',
      'hired_on',
      'left_at',
      'work_id',
    ],
    withheld: ['moved_at', 'employment_known'],
    // The row itself: entomb-person.ts, which writes one for who is not projected yet.
    erasure: 'keep',
  },
  kiosk_pins: {
    whose: 'employee_id = $1',
    key: { employee_id: 'uuid' },
    told: ['employee_id', 'set_at'],
    withheld: ['digest', 'version'],
    erasure: 'delete',
  },
  pin_failures: {
    whose: "kind = 'person' and id = $1",
    key: { id: 'uuid' },
    told: ['id', 'failures', 'last_failed_at'],
    withheld: ['kind'],
    erasure: 'delete',
  },
  used_qrs: { not: 'random numbers that were shown to a kiosk' },
  sites: { not: 'places' },
  planned_headcount: { not: 'numbers of a site' },
  headcount_plans: { not: 'versions' },
  ...calendarTables,
  ...swapsTables,
  ...openShiftsTables,
  ...classesTables,
  ...rostersTables,
  ...leaveTables,
  ...correctionsTables,
  ...syncTables,
  ...liveTables,
  ...timesheetsTables,
  ...kitTables,
};
