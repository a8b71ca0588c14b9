import { z } from 'zod';
import { id, instant, localDate } from '../ids.ts';
import { cursorPageOf, cursorQuery } from '../paging.ts';
import { text } from '../text.ts';
import { attendanceDayStatus, dayConflict, minutes, workDate } from './attendance-days.ts';

export const punchType = z.enum(['IN', 'OUT', 'BREAK_START', 'BREAK_END']);
export const correctionChange = z.enum(['add', 'replace', 'void']);
export const correctionStatus = z.enum(['pending', 'approved', 'rejected', 'withdrawn']);

/** When a punch was, in our years. */
const moment = instant.refine((value) => {
  const at = Date.parse(value);
  return at >= Date.UTC(2000, 0, 1) && at < Date.UTC(2100, 0, 1);
}, 'must lie between the years 2000 and 2100');

/**
 * POST /api/attendance/corrections: a punch that is missing (`add`), was another (`replace`) or never was (`void`). `targetId` is a
 * punch or an earlier correction. About oneself it waits for approval; about somebody one may decide about it counts at once.
 */
export const correctionBody = z
  .strictObject({
    /** Oneself by default. */
    employeeId: id.toLowerCase().optional(),
    change: correctionChange,
    targetId: id.toLowerCase().optional(),
    type: punchType.optional(),
    occurredAt: moment.optional(),
    reason: text(500),
  })
  .refine(({ change, targetId }) => (change === 'add') === (targetId === undefined), {
    message: 'names what is replaced or voided, and nothing where a punch is added',
    path: ['targetId'],
  })
  .refine(({ change, type }) => (change === 'void') === (type === undefined), {
    message: 'comes with a punch that is added or put in the place of another',
    path: ['type'],
  })
  .refine(({ change, occurredAt }) => (change === 'void') === (occurredAt === undefined), {
    message: 'comes with a punch that is added or put in the place of another',
    path: ['occurredAt'],
  })
  .meta({
    example: { change: 'add', type: 'OUT', occurredAt: '2026-11-20T17:00:00Z', reason: 'Forgot to check out' },
  });
export type CorrectionBody = z.output<typeof correctionBody>;

export const correctionHeaders = z.object({ 'idempotency-key': z.string().min(1).max(200).optional() });

/** What is said to an approval, a rejection, a withdrawal. */
export const decisionBody = z.strictObject({ note: text(500).optional() }).meta({ example: { note: 'Seen leaving' } });
export type DecisionBody = z.output<typeof decisionBody>;

/** A day in short, for before and after. */
export const dayInShort = z.object({
  status: attendanceDayStatus,
  flags: z.array(z.string()),
  workedMinutes: minutes,
  stays: z.array(z.object({ checkInAt: instant, checkOutAt: instant.nullable(), auto: z.boolean() })),
});
export type DayInShort = z.infer<typeof dayInShort>;

/** A date whose day something changes; null: there is no such day. */
export const dayChange = z.object({ date: localDate, before: dayInShort.nullable(), after: dayInShort.nullable() });
export type DayChange = z.infer<typeof dayChange>;

/** A punch or an approved correction. `receivedAt` is when it arrived or was decided. */
export const attendanceFact = z.object({
  id,
  kind: z.enum(['punch', 'correction']),
  /** Of a correction. */
  change: correctionChange.nullable(),
  targetId: id.nullable(),
  /** Null for a correction that voids. */
  type: punchType.nullable(),
  occurredAt: instant.nullable(),
  /** Of a punch: where it came from. */
  source: z.string().nullable(),
  receivedAt: instant,
});
export type AttendanceFact = z.infer<typeof attendanceFact>;

/** A wish to have a punch corrected, and what became of it. Approved, it is a fact under the same id. */
export const correction = z.object({
  id,
  employeeId: id,
  status: correctionStatus,
  change: correctionChange,
  /** What it is about, as it was and stays. */
  target: attendanceFact.nullable(),
  type: punchType.nullable(),
  occurredAt: instant.nullable(),
  reason: z.string().nullable(),
  askedBy: id,
  askedAt: instant,
  decidedBy: id.nullable(),
  decidedAt: instant.nullable(),
  note: z.string().nullable(),
  /** The days it changes or changed: of a pending one as things are now, else as they were when it was decided. Not in lists. */
  changes: z.array(dayChange).nullable(),
  version: z.int(),
});
export type Correction = z.infer<typeof correction>;

export const correctionsQuery = z.strictObject({
  ...cursorQuery.shape,
  cursor: id.toLowerCase().optional(),
  employeeId: id.toLowerCase().optional(),
  status: correctionStatus.optional(),
});
export type CorrectionsQuery = z.output<typeof correctionsQuery>;
export const correctionList = cursorPageOf(correction);

/** Opaque: a date and a person. */
export const dayCursor = z
  .string()
  .regex(/^[0-9]{4}-[0-9]{2}-[0-9]{2}_[0-9a-f-]{36}$/)
  .refine(
    (value) => workDate.safeParse(value.slice(0, 10)).success && id.safeParse(value.slice(11)).success,
    'must be a cursor of ours',
  )
  .optional();

export const conflictsQuery = z
  .strictObject({
    ...cursorQuery.shape,
    cursor: dayCursor,
    employeeId: id.toLowerCase().optional(),
    from: workDate.optional(),
    to: workDate.optional(),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    message: 'must not lie before from',
    path: ['to'],
  });
export type ConflictsQuery = z.output<typeof conflictsQuery>;

/** A day with facts that cannot all be true; a correction that voids one of them resolves it. */
export const conflictDay = z.object({
  employeeId: id,
  date: localDate,
  zone: z.string(),
  conflicts: z.array(dayConflict),
  facts: z.array(attendanceFact),
});
export type ConflictDay = z.infer<typeof conflictDay>;
export const conflictList = cursorPageOf(conflictDay);
