import { z } from 'zod';
import { eventBase } from './actor.ts';

const client = eventBase.extend({ clientId: z.uuid() });
const clientSnapshot = z.object({ name: z.string(), scopes: z.array(z.string()), active: z.boolean() });
const key = eventBase.extend({ keyId: z.uuid(), userId: z.uuid().optional(), clientId: z.uuid().optional() });
const keySnapshot = z.object({ name: z.string(), scopes: z.array(z.string()), expiresAt: z.iso.datetime() });
const device = eventBase.extend({ deviceId: z.uuid(), siteId: z.uuid() });
const deviceSnapshot = z.object({ name: z.string(), active: z.boolean() });

/** What happened to machines and their credentials; part of topic `auth`. Never a secret, and no field that sounds like one. */
export const machineEvents = {
  'auth.client-created.v1': client.extend({ after: clientSnapshot }),
  'auth.client-updated.v1': client.extend({ before: clientSnapshot, after: clientSnapshot }),
  /** `previousUntil` is null when the earlier secrets ended at once. */
  'auth.client-secret-rotated.v1': client.extend({ previousUntil: z.iso.datetime().nullable() }),
  'auth.client-deleted.v1': client.extend({ before: clientSnapshot }),
  /** `userId` or `clientId`: as whom the key acts. */
  'auth.api-key-created.v1': key.extend({ after: keySnapshot }),
  'auth.api-key-revoked.v1': key.extend({ before: keySnapshot }),
  'auth.device-enrolled.v1': device.extend({ after: deviceSnapshot }),
  'auth.device-updated.v1': device.extend({ before: deviceSnapshot, after: deviceSnapshot }),
  'auth.device-removed.v1': device.extend({ before: deviceSnapshot }),
} as const;
