import { z } from 'zod';
import { id, instant } from '../ids.ts';
import { cursorPageOf, cursorQuery } from '../paging.ts';

/** A punch that was not believed, and waits for somebody to look at it. `claimedAt` is what the device's clock said. */
export const heldPunch = z.object({
  id,
  employeeId: id,
  siteId: id,
  type: z.enum(['IN', 'OUT', 'BREAK_START', 'BREAK_END']),
  claimedAt: instant,
  receivedAt: instant,
  reason: z.enum(['clock_not_believed', 'too_old']),
  deviceId: id.nullable(),
  notes: z.string().nullable(),
  /** How far the device's clock was ahead of ours when it brought this, in milliseconds; negative: behind. */
  skewMs: z.int().nullable(),
});
export type HeldPunchView = z.infer<typeof heldPunch>;
export const heldPunches = cursorPageOf(heldPunch);

export const heldQuery = z.strictObject({
  ...cursorQuery.shape,
  cursor: id.toLowerCase().optional(),
  employeeId: id.toLowerCase().optional(),
});
export type HeldQuery = z.output<typeof heldQuery>;
