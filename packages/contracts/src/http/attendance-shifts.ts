import { z } from 'zod';
import { id, instant, localDate, zone } from '../ids.ts';
import { pageOf, pageQuery } from '../paging.ts';
import { text } from '../text.ts';
import { workDate } from './attendance-days.ts';

const minutes = (max: number) => z.int().min(0).max(max);
const wallTime = z
  .string()
  .regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/, 'must be a wall time like 22:00')
  .meta({ example: '22:00' });

export const breakRule = z.strictObject({
  /** Whether a punched break is working time. */
  punched: z.enum(['PAID', 'UNPAID']),
  /** Taken off when no break was punched and presence is longer than `afterMinutes`. */
  automatic: z.strictObject({ minutes: minutes(720), afterMinutes: minutes(1440) }).nullable(),
});

/** With what a missed check-out is closed: so long after what was expected, or at a wall time. Null: as the rules say. */
export const autoCloseRule = z
  .discriminatedUnion('by', [
    z.strictObject({ by: z.literal('TOLERANCE'), minutes: minutes(720) }),
    z.strictObject({ by: z.literal('FIXED'), time: wallTime }),
  ])
  .nullable();

const percent = z.int().min(0).max(1000);
/** Percent of an hour's pay: 150 is one and a half. `maxMinutes` 0: no limit. */
export const overtimeRule = z.strictObject({
  percent: z.strictObject({ normal: percent, weekend: percent, holiday: percent }),
  maxMinutes: minutes(1440),
  needsApproval: z.boolean(),
});

const fields = {
  name: text(120),
  /** Wall times. Start after end ends on the next day; start = end lasts a whole day. */
  start: wallTime,
  end: wallTime,
  /** IANA zone of the wall times; null: that of the site where a person works. */
  zone: zone.nullable(),
  checkInBeforeMinutes: minutes(720),
  checkOutAfterMinutes: minutes(720),
  lateGraceMinutes: minutes(720),
  earlyGraceMinutes: minutes(720),
  breaks: breakRule,
  /** 0: off. */
  absentBelowMinutes: minutes(1440),
  halfDayBelowMinutes: minutes(1440),
  /** Null: the rules' own. */
  overtime: overtimeRule.nullable(),
  autoClose: autoCloseRule,
} as const;

const example = { name: 'Night', start: '22:00', end: '06:00' };

/** What is left out is the field's custom: windows of an hour, no grace, punched breaks unpaid, no thresholds, closed as the rules say. */
export const createShiftTypeBody = z
  .strictObject({
    ...fields,
    zone: fields.zone.default(null),
    checkInBeforeMinutes: fields.checkInBeforeMinutes.default(60),
    checkOutAfterMinutes: fields.checkOutAfterMinutes.default(60),
    lateGraceMinutes: fields.lateGraceMinutes.default(0),
    earlyGraceMinutes: fields.earlyGraceMinutes.default(0),
    breaks: breakRule.default({ punched: 'UNPAID', automatic: null }),
    absentBelowMinutes: fields.absentBelowMinutes.default(0),
    halfDayBelowMinutes: fields.halfDayBelowMinutes.default(0),
    overtime: fields.overtime.default(null),
    autoClose: fields.autoClose.default(null),
  })
  .meta({ example });
export type CreateShiftTypeBody = z.output<typeof createShiftTypeBody>;

/**
 * A change counts for shifts that begin on `validFrom` (today where the platform's default site is, if left out) or later; what else was to
 * change later still does. Earlier days keep what they were counted by.
 */
export const updateShiftTypeBody = z
  .strictObject({ ...z.object(fields).partial().shape, validFrom: workDate.optional() })
  .refine((body) => Object.entries(body).some(([name, value]) => name !== 'validFrom' && value !== undefined), {
    message: 'must change at least one field',
  })
  .meta({ example: { validFrom: '2026-12-01', lateGraceMinutes: 5 } });
export type UpdateShiftTypeBody = z.output<typeof updateShiftTypeBody>;

const definition = z.object({ ...fields, name: z.string(), zone: z.string().nullable() });

/** A shift type as it is from its latest change on, and every version it had. */
export const shiftTypeView = definition.extend({
  id,
  version: z.int(),
  /** Retired: it is planned no more; what was planned stays. */
  retiredAt: instant.nullable(),
  versions: z.array(definition.extend({ validFrom: localDate })),
});
export type ShiftTypeView = z.infer<typeof shiftTypeView>;
export const shiftTypePage = pageOf(shiftTypeView);

export const shiftTypeQuery = z.strictObject({
  ...pageQuery.shape,
  /** Whether retired ones are listed, too. */
  retired: z.enum(['true', 'false']).default('false'),
});
export type ShiftTypeQuery = z.output<typeof shiftTypeQuery>;
