import { z } from 'zod';
import { id, instant } from '../ids.ts';

const pin = z.string().regex(/^[0-9]{6}$/, 'must be six digits');

/** How somebody in front of a kiosk says who they are: id and PIN, or the code on their phone. */
export const kioskIdentity = {
  employeeId: id.toLowerCase().optional(),
  pin: pin.optional(),
  qr: z.string().min(1).max(200).optional(),
} as const;

/** Exactly one of the two ways, whole. */
export const oneIdentity = (body: { employeeId?: unknown; pin?: unknown; qr?: unknown }): boolean =>
  body.qr === undefined
    ? body.employeeId !== undefined && body.pin !== undefined
    : body.employeeId === undefined && body.pin === undefined;

/** Which of the first PINs anybody would try are refused is attendance's to say, as a 400 on this field. */
export const setPinBody = z.strictObject({ pin }).meta({ example: { pin: '803914' } });
export const pinState = z
  .object({ isSet: z.boolean(), setAt: instant.nullable() })
  .meta({ example: { isSet: true, setAt: '2026-11-21T08:00:00.000Z' } });
export type PinState = z.infer<typeof pinState>;

/** `qr` is the text of the code. Ask for the next one after `refreshInSeconds`, while this one can still be scanned. */
export const qrAnswer = z
  .object({ qr: z.string(), expiresAt: instant, refreshInSeconds: z.int() })
  .meta({ example: { qr: 'MQ1.AZrH…', expiresAt: '2026-11-21T08:00:30.000Z', refreshInSeconds: 20 } });
export type QrAnswer = z.infer<typeof qrAnswer>;
