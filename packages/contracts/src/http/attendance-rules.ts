import { z } from 'zod';
import { id, instant, localDate } from '../ids.ts';
import { cursorPageOf, cursorQuery } from '../paging.ts';
import { text } from '../text.ts';
import { workDate } from './attendance-days.ts';

const minutes = (max: number, min = 0) => z.int().min(min).max(max);
const percent = z.int().min(0).max(1000);
const wallTime = z.string().regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/, 'must be HH:MM');
const moment = instant.refine((value) => {
  const at = Date.parse(value);
  return at >= Date.UTC(2000, 0, 1) && at < Date.UTC(2100, 0, 1);
}, 'must lie between the years 2000 and 2100');

const rounding = z
  .strictObject({
    toMinutes: z.union([z.literal(1), z.literal(5), z.literal(6), z.literal(15)]),
    how: z.enum(['NEAREST', 'UP', 'DOWN']),
  })
  .nullable()
  .default(null);

/** The rules by which days are counted. What is left out is as on a fresh platform: exact, by type, every pair, no overtime, closed by itself. */
export const ruleSetBody = z.strictObject({
  /** Whether punches are believed (`BY_TYPE`), or count in, out, in, out. */
  punches: z.enum(['BY_TYPE', 'ALTERNATING']).default('BY_TYPE'),
  /** Every stay, or from the first check-in to the last check-out. */
  span: z.enum(['PAIRS', 'FIRST_LAST']).default('PAIRS'),
  longestStayMinutes: minutes(2160, 1).default(960),
  repeatMinutes: minutes(60).default(1),
  /** For days without a shift, as `autoClose`. */
  breaks: z
    .strictObject({
      punched: z.enum(['PAID', 'UNPAID']).default('UNPAID'),
      automatic: z
        .strictObject({ minutes: minutes(480, 1), afterMinutes: minutes(1440) })
        .nullable()
        .default(null),
    })
    .default({ punched: 'UNPAID', automatic: null }),
  /** With what a missed check-out is closed where its shift does not say; null: never, and who forgot stays in until it is corrected. */
  autoClose: z
    .discriminatedUnion('by', [
      z.strictObject({ by: z.literal('TOLERANCE'), minutes: minutes(1440) }),
      z.strictObject({ by: z.literal('FIXED'), time: wallTime }),
    ])
    .nullable()
    .default({ by: 'TOLERANCE', minutes: 120 }),
  standardDayMinutes: minutes(1440).default(480),
  overtime: z
    .strictObject({
      percent: z.strictObject({ normal: percent, weekend: percent, holiday: percent }),
      /** The most that counts on one day; 0: no limit. */
      maxMinutes: minutes(1440).default(0),
      needsApproval: z.boolean().default(false),
    })
    .nullable()
    .default(null),
  /** Fixed weeks of 168 hours from `anchorAt` on, before and after. */
  week: z
    .strictObject({ anchorAt: moment, afterMinutes: minutes(10_080), maxMinutes: minutes(10_080).default(0) })
    .nullable()
    .default(null),
  rounding: z
    .strictObject({ begin: rounding, end: rounding, duration: rounding })
    .default({ begin: null, end: null, duration: null }),
});
export type RuleSetBody = z.output<typeof ruleSetBody>;

/** POST /api/attendance/rules: a new version from a date on. */
export const ruleVersionBody = z
  .strictObject({
    /** Left out: all sites that have no rules of their own. */
    siteId: id.toLowerCase().optional(),
    validFrom: workDate,
    name: text(120),
    /** Null: the site has no rules of its own from here on. */
    rules: ruleSetBody.nullable(),
  })
  .refine(({ siteId, rules }) => rules !== null || siteId !== undefined, {
    message: 'only a site can go without rules of its own',
    path: ['rules'],
  })
  .meta({
    example: {
      validFrom: '2026-12-01',
      name: 'Overtime at one and a half',
      rules: { overtime: { percent: { normal: 150, weekend: 150, holiday: 200 }, needsApproval: true } },
    },
  });
export type RuleVersionBody = z.output<typeof ruleVersionBody>;

export const ruleVersion = z.object({
  id,
  /** What days name as their `rules`. */
  version: z.string().meta({ example: 'rules-12' }),
  siteId: id.nullable(),
  validFrom: localDate,
  name: z.string(),
  rules: ruleSetBody.nullable(),
  createdAt: instant,
});
export type RuleVersion = z.infer<typeof ruleVersion>;

export const ruleVersionsQuery = z.strictObject({
  ...cursorQuery.shape,
  cursor: z
    .string()
    .regex(/^[0-9]{1,15}$/, 'must be a cursor of this list')
    .optional(),
  /** Those of one site only. */
  siteId: id.toLowerCase().optional(),
});
export type RuleVersionsQuery = z.output<typeof ruleVersionsQuery>;
export const ruleVersionsPage = cursorPageOf(ruleVersion);
