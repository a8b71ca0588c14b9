import { databaseEnv, defaultSiteEnv, deliveryEnv, processEnv, sidecarEnv, tokenEnv } from '@muster/service-kit';
import { z } from 'zod';

const { MUSTER_DEFAULT_SITE, MUSTER_DEFAULT_SITE_ZONE } = defaultSiteEnv;
const atLeastOne = z.coerce.number().int().min(1);

/** The environment of the attendance service. */
export const configSchema = z.object({
  ...processEnv(8103),
  ...databaseEnv,
  ...sidecarEnv(3503),
  ...deliveryEnv,
  ...tokenEnv,
  MUSTER_DEFAULT_SITE,
  MUSTER_DEFAULT_SITE_ZONE,
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
  RELAY_YIELD_AT: atLeastOne.default(300).describe('Punches a second from which publishing slows to a trickle'),
});

export type Config = z.output<typeof configSchema>;
