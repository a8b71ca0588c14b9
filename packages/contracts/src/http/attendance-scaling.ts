import { z } from 'zod';
import { id, instant } from '../ids.ts';

const quarterMs = 15 * 60_000;
const dayMs = 24 * 60 * 60_000;
const longestPlanDays = 31;

const ours = (value: string): boolean => {
  const at = Date.parse(value);
  return at >= Date.UTC(2000, 0, 1) && at < Date.UTC(2100, 0, 1);
};
const moment = instant.refine(ours, 'must lie between the years 2000 and 2100');

/** The beginning of a quarter of an hour. Every zone's offset is a multiple of one, so it is one on every wall clock. */
const quarterStart = moment.refine((value) => Date.parse(value) % quarterMs === 0, 'must be a full quarter of an hour');

const people = z.int().min(0).max(1_000_000);

/** People expected to clock in and out within one quarter of an hour at one site. */
const quarterBody = z.strictObject({
  startsAt: quarterStart,
  checkIns: people.default(0),
  checkOuts: people.default(0),
});

/** PUT /api/attendance/planned-headcount: what is planned from `from` until `to` is replaced; quarters left out have nobody. */
export const plannedHeadcountBody = z
  .strictObject({
    siteId: id.toLowerCase(),
    from: quarterStart,
    to: quarterStart,
    quarters: z.array(quarterBody).max(1000),
  })
  .refine(({ from, to }) => Date.parse(from) < Date.parse(to), { message: 'must lie after from', path: ['to'] })
  .refine(({ from, to }) => Date.parse(to) - Date.parse(from) <= longestPlanDays * dayMs, {
    message: `must lie within ${longestPlanDays} days of from`,
    path: ['to'],
  })
  .refine(
    ({ from, to, quarters }) =>
      quarters.every(
        ({ startsAt }) => Date.parse(startsAt) >= Date.parse(from) && Date.parse(startsAt) < Date.parse(to),
      ),
    { message: 'must begin between from and to', path: ['quarters'] },
  )
  .refine(({ quarters }) => new Set(quarters.map(({ startsAt }) => Date.parse(startsAt))).size === quarters.length, {
    message: 'must not name a quarter twice',
    path: ['quarters'],
  });
export type PlannedHeadcountBody = z.output<typeof plannedHeadcountBody>;

const planned = { checkIns: z.int(), checkOuts: z.int() };

/** What is planned at a site from `from` until `to`. Instants carry the offset of the site's zone; empty quarters are left out. */
export const plannedHeadcount = z.object({
  siteId: id,
  zone: z.string(),
  from: instant,
  to: instant,
  quarters: z.array(z.object({ startsAt: instant, ...planned })),
  /** Counts the changes of this site's plan. */
  version: z.int(),
});
export type PlannedHeadcount = z.infer<typeof plannedHeadcount>;

/** The longest time one look at the plan may span, in milliseconds. */
export const longestViewMs = 7 * dayMs;

/** By default from now on, for a day; `to` lies after `from`, within {@link longestViewMs}. */
export const scalingPlanQuery = z.strictObject({ from: moment.optional(), to: moment.optional() });
export type ScalingPlanQuery = z.output<typeof scalingPlanQuery>;

/** How planned headcount becomes pods. */
export const scalingSettings = z.object({
  /** Check-ins and check-outs a second that one pod takes. */
  punchesPerPodSecond: z.number(),
  /** How many times as busy as its average the busiest minute of a quarter is. */
  peakFactor: z.number(),
  /** Seconds before a quarter from which on its pods are wanted. */
  leadSeconds: z.number(),
  minPods: z.int(),
  maxPods: z.int(),
});

const pods = z.int();
/** True when more than `maxPods` would be needed. */
const capped = z.boolean();

/** Expected punches and pods of all sites together. Instants carry the offset of `zone`, the default site's; a site's those of its own. */
export const scalingPlan = z.object({
  zone: z.string(),
  from: instant,
  to: instant,
  settings: scalingSettings,
  now: z.object({ at: instant, pods, capped }),
  /** Quarters of an hour in which somebody is expected. */
  quarters: z.array(
    z.object({
      startsAt: instant,
      ...planned,
      /** Punches a second in its busiest minute. */
      peakPerSecond: z.number(),
      /** Pods it wants by itself, and from when on. */
      pods,
      podsFrom: instant,
      capped,
      sites: z.array(
        z.object({ siteId: id, name: z.string().nullable(), zone: z.string(), startsAt: instant, ...planned }),
      ),
    }),
  ),
  /** How many pods from when on: what KEDA is told at that moment. */
  steps: z.array(z.object({ from: instant, pods, capped })),
});
export type ScalingPlan = z.infer<typeof scalingPlan>;
