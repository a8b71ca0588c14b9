import { z } from 'zod';
import { id, instant, localDate } from '../ids.ts';
import { cursorPageOf, cursorQuery } from '../paging.ts';
import { text } from '../text.ts';
import { kioskIdentity, oneIdentity } from './attendance-kiosk.ts';
import { punchFlag } from './attendance-sync.ts';

export * from './attendance-classes.ts';
export * from './attendance-days.ts';
export * from './attendance-kiosk.ts';
export * from './attendance-live.ts';
export * from './attendance-scaling.ts';
export * from './attendance-sync.ts';

/** What a person's own device may call itself; the other sources are the platform's to give. */
export const punchSource = z.enum(['web', 'mobile']);

// A claimed time is only kept beside the server's, but it must fit a timestamptz and mean something.
const claimed = instant.refine((value) => {
  const at = Date.parse(value);
  return at >= Date.UTC(2000, 0, 1) && at < Date.UTC(2100, 0, 1);
}, 'must lie between the years 2000 and 2100');

const punchDetails = {
  occurredAt: claimed.optional(),
  latitude: z.number().min(-90).max(90).optional(),
  longitude: z.number().min(-180).max(180).optional(),
  /** Radius of the place in metres, as the device reports it. */
  accuracyM: z.number().min(0).max(1_000_000).optional(),
  notes: text(500).optional(),
} as const;
const isWholePlace = (body: { latitude?: number | undefined; longitude?: number | undefined }): boolean =>
  (body.latitude === undefined) === (body.longitude === undefined);
const wholePlace = { message: 'latitude and longitude come together', path: ['longitude'] };

/** Body of a person's check-in and check-out. `occurredAt` is kept as a claim: from an own device the server's clock counts. */
export const punchBody = z
  .strictObject({ ...punchDetails, source: punchSource.default('web') })
  .refine(isWholePlace, wholePlace)
  .meta({ example: { source: 'mobile', latitude: 52.52, longitude: 13.405, accuracyM: 12, notes: 'north gate' } });
export type PunchBody = z.output<typeof punchBody>;

/** Body of a kiosk's check-in and check-out, for whoever stands in front of it. */
export const kioskPunchBody = z
  .strictObject({ ...kioskIdentity, ...punchDetails })
  .refine(oneIdentity, { message: 'give either employeeId and pin, or qr', path: ['employeeId'] })
  .refine(isWholePlace, wholePlace)
  .meta({ example: { employeeId: '019a0000-0000-7000-8000-00000000a0a0', pin: '803914' } });
export type KioskPunchBody = z.output<typeof kioskPunchBody>;

/** A retry with the same key and body gets the first answer again. */
export const punchHeaders = z.object({ 'idempotency-key': z.string().min(1).max(200).optional() });

export const sessionStatus = z.enum(['open', 'closed']);

/** One stay: from a check-in to its check-out. Minutes are whole; instants are UTC; `date` is the site's local day. */
export const attendanceSession = z.object({
  id,
  employeeId: id,
  siteId: id,
  date: localDate,
  zone: z.string(),
  checkInAt: instant,
  checkOutAt: instant.nullable(),
  status: sessionStatus,
  source: z.enum(['web', 'mobile', 'kiosk', 'offline', 'import', 'correction', 'auto']),
  workedMinutes: z.int().nullable(),
  /** The shift in whose window the session began, else the first it works through; null where none is planned. */
  shift: z.object({ id, name: z.string() }).nullable(),
  /** Minutes after the start that was due, of who came first; also those that grace excuses, which the reason tells. */
  late: z.int(),
  lateReason: z.string().nullable(),
  /** Minutes before the end that was due, of who left last; 0 as long as nobody left. */
  earlyExit: z.int(),
  earlyExitReason: z.string().nullable(),
  /** Whether the person is on a break now, and since when. */
  onBreak: z.boolean(),
  onBreakSince: instant.nullable(),
  /** What is worth a look. `MISSING_CHECK_OUT`: closed without one, since the person came again: no minutes count. */
  flags: z.array(punchFlag),
});
export type AttendanceSession = z.infer<typeof attendanceSession>;

/** Answer of check-in and check-out. `occurredAtSource` says whose clock counted. */
export const punchAnswer = attendanceSession.extend({ occurredAtSource: z.enum(['server', 'device']) });
export type PunchAnswer = z.infer<typeof punchAnswer>;

export const todayQuery = z.strictObject({ employeeId: id.optional() });
export const todayAnswer = attendanceSession.nullable();

export const summaryQuery = z
  .strictObject({ employeeId: id.optional(), from: localDate.optional(), to: localDate.optional() })
  .refine(inOrder, { message: 'must not lie before from', path: ['to'] });
export type SummaryQuery = z.output<typeof summaryQuery>;

/** Sums over the local days `from`…`to`, both included. Minutes are those of the attendance days; open sessions have none yet. */
export const attendanceSummary = z.object({
  employeeId: id,
  from: localDate,
  to: localDate,
  daysPresent: z.int(),
  sessions: z.int(),
  openSessions: z.int(),
  workedMinutes: z.int(),
  lateMinutes: z.int(),
  earlyExitMinutes: z.int(),
});
export type AttendanceSummary = z.infer<typeof attendanceSummary>;

export const attendanceListQuery = z
  .strictObject({
    ...cursorQuery.shape,
    cursor: id.optional(),
    employeeId: id.optional(),
    siteId: id.optional(),
    department: text(120).optional(),
    from: localDate.optional(),
    to: localDate.optional(),
    status: sessionStatus.optional(),
  })
  .refine(inOrder, { message: 'must not lie before from', path: ['to'] });
export type AttendanceListQuery = z.output<typeof attendanceListQuery>;

export const attendanceList = cursorPageOf(attendanceSession);

function inOrder(range: { from?: string | undefined; to?: string | undefined }): boolean {
  return range.from === undefined || range.to === undefined || range.from <= range.to;
}
