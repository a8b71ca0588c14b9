import { databaseEnv, defaultSiteEnv, deliveryEnv, processEnv, sidecarEnv, tokenEnv } from '@muster/service-kit';
import { z } from 'zod';

const { MUSTER_DEFAULT_SITE, MUSTER_DEFAULT_SITE_ZONE } = defaultSiteEnv;
const atLeastOne = z.coerce.number().int().min(1);
const pods = atLeastOne.max(1000);

/** The environment of the attendance service. */
export const configSchema = z
  .object({
    ...processEnv(8103),
    ...databaseEnv,
    ...sidecarEnv(3503),
    ...deliveryEnv,
    ...tokenEnv,
    MUSTER_DEFAULT_SITE,
    MUSTER_DEFAULT_SITE_ZONE,
    KIOSK_SECRET: z
      .string()
      .min(16)
      .describe('Keys PINs and QR codes of kiosks; with another one every PIN has to be set anew'),
    PUNCH_FLIGHTS: atLeastOne
      .max(16)
      .default(2)
      .describe('Groups of punches committed at the same time; each has two connections beside DATABASE_POOL_MAX'),
    PUNCH_FLIGHT_MAX: atLeastOne.max(1000).default(128).describe('Punches committed together at most'),
    PUNCH_FLIGHT_SPACING_MS: z.coerce
      .number()
      .min(0)
      .max(100)
      .default(10)
      .describe('Groups of punches are committed at least this far apart; a punch that comes alone never waits'),
    SCALING_TOKEN: z
      .string()
      .min(16)
      .optional()
      .describe('Token the autoscaler (KEDA) shows to ask how many pods are wanted; without it nobody may ask'),
    SCALING_PUNCHES_PER_POD: z.coerce
      .number()
      .positive()
      .max(100_000)
      .default(300)
      .describe('Check-ins and check-outs a second that one pod takes, for the plan'),
    SCALING_PEAK_FACTOR: z.coerce
      .number()
      .min(1)
      .max(900)
      .default(3)
      .describe('How many times as busy as its average the busiest minute of a planned quarter of an hour is'),
    SCALING_LEAD_SECONDS: z.coerce
      .number()
      .int()
      .min(0)
      .max(7200)
      .default(180)
      .describe('Seconds before a planned quarter from which on its pods are wanted'),
    SCALING_MIN_PODS: pods.default(2).describe('Fewest pods the plan asks for'),
    SCALING_MAX_PODS: pods.default(6).describe('Most pods the plan asks for; at least SCALING_MIN_PODS'),
    SYNC_CLOCK_TOLERANCE_SECONDS: z.coerce
      .number()
      .int()
      .min(1)
      .max(600)
      .default(60)
      .describe('So far a device’s clock may be off, and its times count as they are; beyond it they are corrected'),
    SYNC_MAX_SKEW_HOURS: z.coerce
      .number()
      .min(0.5)
      .max(720)
      .default(24)
      .describe(
        'A device’s clock farther off than this is not believed: its punches wait for somebody to look at them',
      ),
    SYNC_MAX_AGE_DAYS: atLeastOne
      .max(366)
      .default(62)
      .describe('Older punches of devices wait for somebody to look at them'),
    RELAY_YIELD_AT: atLeastOne.default(300).describe('Punches a second from which publishing slows to a trickle'),
  })
  .refine((config) => config.SCALING_MIN_PODS <= config.SCALING_MAX_PODS, {
    message: 'must not be above SCALING_MAX_PODS',
    path: ['SCALING_MIN_PODS'],
  });

export type Config = z.output<typeof configSchema>;
