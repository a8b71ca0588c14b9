import { z } from 'zod';
import { id, instant } from '../ids.ts';
import { text } from '../text.ts';

export * from './attendance-import.ts';
export * from './attendance-site-settings.ts';

export const punchType = z.enum(['IN', 'OUT', 'BREAK_START', 'BREAK_END']);
export type PunchTypeName = z.infer<typeof punchType>;

// It must fit a timestamptz and mean something.
const claimed = instant.refine((value) => {
  const at = Date.parse(value);
  return at >= Date.UTC(2000, 0, 1) && at < Date.UTC(2100, 0, 1);
}, 'must lie between the years 2000 and 2100');

/**
 * A punch that a device kept. `clientId` is made once, on the device, and is the punch's identity for good: sent again, in whatever
 * company, it is the same punch. `employeeId` is for kiosks alone; a person syncs their own.
 */
export const syncPunch = z
  .strictObject({
    clientId: z.uuid().toLowerCase(),
    type: punchType,
    /** By the device's own clock. */
    occurredAt: claimed,
    employeeId: id.toLowerCase().optional(),
    /** At a kiosk: the code the person showed then. Without one the kiosk vouches, and the punch is flagged so. */
    qr: z.string().min(1).max(200).optional(),
    /** The device it was made on; a kiosk is known by its token. */
    deviceId: id.toLowerCase().optional(),
    latitude: z.number().min(-90).max(90).optional(),
    longitude: z.number().min(-180).max(180).optional(),
    accuracyM: z.number().min(0).max(1_000_000).optional(),
    notes: text(500).optional(),
  })
  .refine((one) => (one.latitude === undefined) === (one.longitude === undefined), {
    message: 'latitude and longitude come together',
    path: ['longitude'],
  });
export type SyncPunch = z.output<typeof syncPunch>;

/** Body of a sync. Both instants are by the device's clock, whose skew is measured by them. */
export const syncBody = z
  .strictObject({
    /** The device's clock as it sends this. */
    sentAt: claimed,
    /** Of a kiosk: everything punched at it until then is in this call or was in one before. */
    completeUntil: claimed.optional(),
    punches: z.array(syncPunch).max(1000),
  })
  .meta({
    example: {
      sentAt: '2026-11-21T12:00:00.000Z',
      punches: [
        { clientId: '0b6e2c1e-7f7a-4b7e-9a53-0d6a4b8f1c22', type: 'IN', occurredAt: '2026-11-21T08:00:00.000Z' },
        { clientId: '3f0a9c52-2c1b-4a8e-8f43-5b1f9d1e7a10', type: 'OUT', occurredAt: '2026-11-21T11:30:00.000Z' },
      ],
    },
  });
export type SyncBody = z.output<typeof syncBody>;

/**
 * `accepted`: a new fact. `duplicate`: it was there. `conflict`: kept where a manager sees it, see `reason`. `rejected`: not kept; it
 * will not be accepted by sending it again.
 */
export const syncStatus = z.enum(['accepted', 'duplicate', 'conflict', 'rejected']);
export type SyncStatus = z.infer<typeof syncStatus>;

export const syncReason = z.enum([
  /** conflict: a fact that contradicts another one; one of them counts until somebody decides. */
  'contradicts',
  /** conflict: this clientId is another punch's; the first stays as it is. */
  'other_content',
  /** conflict: held back, since the device's clock is too far from ours to be believed. */
  'clock_not_believed',
  /** conflict: held back, since it is older than a sync may bring. */
  'too_old',
  /** rejected: it has not happened yet. */
  'in_future',
  /** rejected: nobody of the kiosk's site, or somebody else than the caller. */
  'not_of_this_site',
  /** rejected: the person was deleted. */
  'deleted_person',
  /** rejected: the code shown was not the person's, or not good at that moment. */
  'invalid_qr',
]);
export type SyncReason = z.infer<typeof syncReason>;

/** What is worth a look about a punch that counts; also on the session it began or ended. */
export const punchFlag = z.enum([
  'CLOCK_CORRECTED',
  'VOUCHED_BY_KIOSK',
  'OUTSIDE_GEOFENCE',
  'NO_PLACE',
  'IP_NOT_ALLOWED',
  'MISSING_CHECK_OUT',
]);
export type PunchFlag = z.infer<typeof punchFlag>;

/** What became of one punch. `occurredAt` is when it counts: the device's time, corrected where its clock was wrong. */
export const syncResult = z.object({
  clientId: z.uuid(),
  status: syncStatus,
  reason: syncReason.nullable(),
  /** The fact; null when there is none. */
  punchId: id.nullable(),
  occurredAt: instant.nullable(),
  flags: z.array(punchFlag),
});
export type SyncResult = z.infer<typeof syncResult>;

/** Results in the order of the punches. */
export const syncAnswer = z.object({
  results: z.array(syncResult),
  receivedAt: instant,
  /** How far the device's clock is ahead of ours in milliseconds; negative: behind. */
  skewMs: z.int(),
  /** Whether the skew was taken off the times. */
  corrected: z.boolean(),
});
export type SyncAnswer = z.infer<typeof syncAnswer>;
