import { z } from 'zod';
import { id, instant, localDate } from '../ids.ts';

export const minutes = z.int();
/** The calendar of work: what lies outside is a slip, and not every date of ours is one of the database’s. */
export const workDate = localDate
  .refine((value) => value >= '2000-01-01' && value < '2100-01-01', 'must lie between the years 2000 and 2100')
  .meta({ example: '2026-03-29' });

export const attendanceDayStatus = z.enum([
  'PRESENT',
  'HALF_DAY',
  'ABSENT',
  'ON_LEAVE',
  'HOLIDAY',
  'WEEKLY_OFF',
  'NO_SHIFT',
  'NOT_EMPLOYED',
  'PENDING',
  'IN_PROGRESS',
]);

/** Facts that cannot all be true: one counts until somebody decides. */
export const dayConflict = z.object({
  kind: z.enum(['TWO_CHECK_INS', 'TWO_CHECK_OUTS', 'TWO_CORRECTIONS']),
  factIds: z.array(z.string()),
  countedId: z.string().nullable(),
});

/** One attendance day. Instants are UTC; minutes are whole, rounded down from exact sums. */
export const attendanceDay = z.object({
  employeeId: id,
  date: localDate,
  zone: z.string(),
  /** Version of the rules it was derived by. */
  rules: z.string().meta({ example: 'plain-1' }),
  status: attendanceDayStatus,
  flags: z.array(z.string()).meta({ example: ['LATE', 'CORRECTED'] }),
  shifts: z.array(
    z.object({
      shiftId: z.string(),
      name: z.string(),
      startsAt: instant,
      endsAt: instant,
      lateMinutes: minutes,
      late: z.boolean(),
      earlyExitMinutes: minutes,
      earlyExit: z.boolean(),
    }),
  ),
  stays: z.array(
    z.object({
      checkInAt: instant,
      checkOutAt: instant.nullable(),
      auto: z.boolean(),
      shiftId: z.string().nullable(),
    }),
  ),
  breaks: z.array(z.object({ startAt: instant, endAt: instant.nullable() })),
  expectedMinutes: minutes,
  workedMinutes: minutes,
  breakMinutes: minutes,
  offShiftMinutes: minutes,
  lateMinutes: minutes,
  earlyExitMinutes: minutes,
  overtime: z
    .object({ kind: z.enum(['NORMAL', 'WEEKEND', 'HOLIDAY']), countedMinutes: minutes, awaitsApproval: z.boolean() })
    .nullable(),
  /** What the payroll sees, where rounding is on. */
  roundedMinutes: minutes,
  conflicts: z.array(dayConflict),
  /** Whether more time alone can still change it. */
  settled: z.boolean(),
});
export type AttendanceDayAnswer = z.infer<typeof attendanceDay>;

export const daysQuery = z
  .strictObject({
    /** Oneself by default. */
    employeeId: id.optional(),
    from: workDate,
    to: workDate,
  })
  .refine(({ from, to }) => from <= to, { message: 'must not lie before from', path: ['to'] })
  .refine(({ from, to }) => Date.parse(to) - Date.parse(from) <= 366 * 86_400_000, {
    message: 'must lie within a year of from',
    path: ['to'],
  });
export type DaysQuery = z.output<typeof daysQuery>;

/** The days of a person on which something happened, in order. */
export const daysAnswer = z.object({ data: z.array(attendanceDay) });
export type DaysAnswer = z.infer<typeof daysAnswer>;

export const explainParams = z.object({ employeeId: id, date: workDate });

/** A punch or an approved correction behind a day. */
export const explainedFact = z.object({
  id: z.string(),
  kind: z.enum(['punch', 'correction']),
  /** Of a correction: what it does to `targetId`, a punch or an earlier correction. */
  change: z.enum(['add', 'replace', 'void']).nullable(),
  targetId: z.string().nullable(),
  /** Null for a correction that voids. */
  type: z.enum(['IN', 'OUT', 'BREAK_START', 'BREAK_END']).nullable(),
  occurredAt: instant.nullable(),
  source: z.string().nullable(),
  /** Whether a stay or a break of the day begins or ends with it. */
  counts: z.boolean(),
});
export type ExplainedFact = z.infer<typeof explainedFact>;

/** Why a day is as it is: spans that follow each other without a gap. */
export const explainAnswer = z.object({
  employeeId: id,
  date: localDate,
  rules: z.string(),
  fromAt: instant,
  toAt: instant,
  day: attendanceDay,
  /** In order of time, also what was corrected: nothing is overwritten. */
  facts: z.array(explainedFact),
  spans: z.array(
    z.object({
      fromAt: instant,
      toAt: instant,
      rule: z.string().meta({ example: 'break.automatic' }),
      /** Whether it is working time. */
      counts: z.boolean(),
      /** Punches, corrections, leave, holidays it rests on. */
      factIds: z.array(z.string()),
      words: z.string().meta({ example: 'Work in a stay that began in the shift’s window.' }),
    }),
  ),
});
export type ExplainAnswer = z.infer<typeof explainAnswer>;
