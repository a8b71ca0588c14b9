import { z } from 'zod';
import { eventBase } from './actor.ts';

/** A new version of the rules counts from a date on: of a site, or of all that have none of their own. */
const rulesChanged = eventBase.extend({
  ruleVersionId: z.uuid(),
  /** What days name. */
  rules: z.string(),
  siteId: z.uuid().nullable(),
  validFrom: z.iso.date(),
  name: z.string(),
});

/** A superior said how much of a date's overtime is approved in all. `version` counts the decisions about that date. */
const overtimeDecided = eventBase.extend({
  decisionId: z.uuid(),
  employeeId: z.uuid(),
  date: z.iso.date(),
  minutes: z.int(),
  overtimeMinutes: z.int(),
});

/** A site's month is closed and its totals are written. `version` counts the closes of that month. */
const monthClosed = eventBase.extend({
  lockId: z.uuid(),
  siteId: z.uuid(),
  month: z.string(),
  people: z.int(),
  /** Of the bytes of its payroll export. */
  sha256: z.string(),
  closedBy: z.uuid(),
  reason: z.string().nullable(),
});

/** Topic `attendance`: events of timesheets. */
export const timesheetsEvents = {
  'attendance.rules-changed.v1': rulesChanged,
  'attendance.overtime-decided.v1': overtimeDecided,
  'attendance.timesheets-closed.v1': monthClosed,
} as const;
