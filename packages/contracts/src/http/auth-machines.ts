import { z } from 'zod';
import { atLeastOneField } from '../changes-something.ts';
import { id, instant } from '../ids.ts';
import { pageOf, pageQuery } from '../paging.ts';
import { text } from '../text.ts';
import { wholeNumber } from '../whole-number.ts';

/** An action of the permission table, like `attendance.read`. Which of them may be given is auth's to say. */
const scope = z
  .string()
  .max(64)
  .regex(/^[a-z-]+\.[a-z-]+$/, 'must be an action like attendance.read');
const scopes = z.array(scope).min(1).max(50);
const secret = z.string();

/** `Idempotency-Key`: the same key and body within a day gets the first answer again, with its secret. */
export const secretOnceHeaders = z.object({
  'idempotency-key': z
    .string()
    .min(1)
    .max(200)
    .regex(/^[\x20-\x7e]+$/, 'must be printable ASCII')
    .optional(),
});

const payroll = { id: '019a0000-0000-7000-8000-00000000c11e', name: 'Payroll', scopes: ['attendance.read'] };
const at = { createdAt: '2026-11-21T08:00:00.000Z', updatedAt: '2026-11-21T08:00:00.000Z' };

export const createClientBody = z
  .strictObject({ name: text(120), scopes })
  .meta({ example: { name: payroll.name, scopes: payroll.scopes } });

export const clientPatch = z
  .strictObject({ name: text(120).optional(), scopes: scopes.optional(), active: z.boolean().optional() })
  .refine(...atLeastOneField)
  .meta({ example: { active: false } });

/** A machine that signs in by a secret of its own. */
export const machineClient = z
  .object({
    id,
    name: z.string(),
    scopes: z.array(z.string()),
    active: z.boolean(),
    lastUsedAt: instant.nullable(),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ example: { ...payroll, active: true, lastUsedAt: null, ...at } });
export const machineClientPage = pageOf(machineClient);

const shownSecret = 'msc_…';
/** A client with the one copy of its secret. */
export const createdClient = machineClient.extend({ clientId: id, clientSecret: secret }).meta({
  example: { ...payroll, active: true, lastUsedAt: null, ...at, clientId: payroll.id, clientSecret: shownSecret },
});

/** For how long the secrets there were go on beside the new one; 0 ends them, and the tokens they got, at once. */
export const rotateSecretBody = z
  .strictObject({ overlapSeconds: wholeNumber(0, 2_592_000).default(86_400) })
  .meta({ example: { overlapSeconds: 86_400 } });

/** `previousUntil` is null when the old secrets ended at once. */
export const rotatedSecret = z
  .object({ clientId: id, clientSecret: secret, previousUntil: instant.nullable() })
  .meta({ example: { clientId: payroll.id, clientSecret: shownSecret, previousUntil: '2026-11-22T08:00:00.000Z' } });

/** Without `clientId` the key is one's own: it acts as its owner, narrowed to `scopes`. */
export const createApiKeyBody = z
  .strictObject({
    name: text(120),
    scopes,
    expiresInDays: wholeNumber(1, 366).default(90),
    clientId: id.toLowerCase().optional(),
  })
  .meta({ example: { name: 'Spreadsheet', scopes: ['attendance.read'], expiresInDays: 90 } });

const keyExample = {
  id: '019a0000-0000-7000-8000-0000000000e5',
  name: 'Spreadsheet',
  hint: 'mst_…k7Qz',
  scopes: ['attendance.read'],
  userId: '019a0000-0000-7000-8000-00000000a0a0',
  clientId: null,
  createdAt: at.createdAt,
  expiresAt: '2027-02-19T08:00:00.000Z',
  lastUsedAt: null,
};

/** A key as it is listed: `hint` is enough to recognise it. Either `userId` or `clientId` is who it acts as. */
export const apiKey = z
  .object({
    id,
    name: z.string(),
    hint: z.string(),
    scopes: z.array(z.string()),
    userId: id.nullable(),
    clientId: id.nullable(),
    createdAt: instant,
    expiresAt: instant,
    lastUsedAt: instant.nullable(),
  })
  .meta({ example: keyExample });
export const apiKeyPage = pageOf(apiKey);
/** A key with the one copy of its text. */
export const createdApiKey = apiKey.extend({ key: secret }).meta({ example: { ...keyExample, key: 'mst_…' } });
export const apiKeyListQuery = pageQuery.extend({ clientId: id.toLowerCase().optional() });

const deviceExample = {
  id: '019a0000-0000-7000-8000-00000000d0d0',
  name: 'North gate',
  siteId: '019a0000-0000-7000-8000-000000000051',
};

export const createDeviceBody = z
  .strictObject({ name: text(120), siteId: id.toLowerCase() })
  .meta({ example: { name: deviceExample.name, siteId: deviceExample.siteId } });

export const devicePatch = z
  .strictObject({ name: text(120).optional(), active: z.boolean().optional() })
  .refine(...atLeastOneField)
  .meta({ example: { name: 'South gate' } });

/** A kiosk of one site. `lastSeenAt`: when it last fetched an access token, to a minute. */
export const device = z
  .object({
    id,
    name: z.string(),
    siteId: id,
    active: z.boolean(),
    lastSeenAt: instant.nullable(),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ example: { ...deviceExample, active: true, lastSeenAt: null, ...at } });
export const devicePage = pageOf(device);
/** A kiosk with the one copy of its device token. */
export const createdDevice = device
  .extend({ deviceToken: secret })
  .meta({ example: { ...deviceExample, active: true, lastSeenAt: null, ...at, deviceToken: 'msd_…' } });
export const deviceListQuery = pageQuery.extend({ siteId: id.toLowerCase().optional() });

/** How long-lived secrets become access tokens: RFC 6749's grant, and two of ours (§4.5 of it). */
export const grantTypes = {
  client: 'client_credentials',
  apiKey: 'urn:muster:grant:api-key',
  device: 'urn:muster:grant:device-token',
} as const;

/** The form of `POST /api/auth/token`. A client may show id and secret by HTTP Basic instead. */
export const tokenForm = z
  .object({
    grant_type: z.enum(Object.values(grantTypes) as [string, ...string[]]),
    client_id: z.string().optional(),
    client_secret: z.string().optional(),
    api_key: z.string().optional(),
    device_token: z.string().optional(),
    scope: z.string().optional(),
  })
  .meta({
    example: { grant_type: grantTypes.client, client_id: payroll.id, client_secret: 'msc_…', scope: 'attendance.read' },
  });

/** RFC 6749 §5.1. `scope` is what was granted, which may be less than what was asked for; a kiosk has none. */
export const tokenAnswer = z
  .object({
    access_token: z.string(),
    token_type: z.literal('Bearer'),
    expires_in: z.int(),
    scope: z.string().optional(),
  })
  .meta({ example: { access_token: 'eyJ…', token_type: 'Bearer', expires_in: 900, scope: 'attendance.read' } });

export type CreateClientInput = z.infer<typeof createClientBody>;
export type ClientPatch = z.infer<typeof clientPatch>;
export type MachineClient = z.infer<typeof machineClient>;
export type CreatedClient = z.infer<typeof createdClient>;
export type RotatedSecret = z.infer<typeof rotatedSecret>;
export type CreateApiKeyInput = z.output<typeof createApiKeyBody>;
export type ApiKey = z.infer<typeof apiKey>;
export type CreatedApiKey = z.infer<typeof createdApiKey>;
export type ApiKeyListQuery = z.output<typeof apiKeyListQuery>;
export type CreateDeviceInput = z.infer<typeof createDeviceBody>;
export type DevicePatch = z.infer<typeof devicePatch>;
export type Device = z.infer<typeof device>;
export type CreatedDevice = z.infer<typeof createdDevice>;
export type DeviceListQuery = z.output<typeof deviceListQuery>;
export type TokenAnswer = z.infer<typeof tokenAnswer>;
