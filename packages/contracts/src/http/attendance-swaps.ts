import { z } from 'zod';
import { id, instant, localDate } from '../ids.ts';
import { cursorPageOf, cursorQuery } from '../paging.ts';
import { text } from '../text.ts';
import { workDate } from './attendance-days.ts';

/** `OFFERED` waits for the colleague, `ACCEPTED` for a manager; `OVERTAKEN`: one of its shifts went elsewhere before. */
export const swapStatus = z.enum([
  'OFFERED',
  'ACCEPTED',
  'APPROVED',
  'DECLINED',
  'REJECTED',
  'CANCELLED',
  'EXPIRED',
  'OVERTAKEN',
]);
export type SwapStatus = z.infer<typeof swapStatus>;

/** A shift of somebody: the local date on which it begins, and its type. */
const shiftOn = z.strictObject({ date: workDate, shiftId: id.toLowerCase() });

/** Without `wanted` the shift is given away. */
export const askSwapBody = z
  .strictObject({
    colleagueId: id.toLowerCase(),
    offered: shiftOn,
    wanted: shiftOn.optional(),
    note: text(500).optional(),
  })
  .meta({
    example: {
      colleagueId: '019a0000-0000-7000-8000-00000000a0a0',
      offered: { date: '2026-03-28', shiftId: '019a0000-0000-7000-8000-00000000b0b0' },
      wanted: { date: '2026-03-29', shiftId: '019a0000-0000-7000-8000-00000000b0b0' },
      note: 'my daughter’s birthday',
    },
  });
export type AskSwapBody = z.output<typeof askSwapBody>;

export const decideSwapBody = z.strictObject({ reason: text(500).optional() });
export const swapParams = z.object({ swapId: id.toLowerCase() });

const swappedShift = z.object({ date: localDate, shiftId: id, name: z.string(), startsAt: instant, endsAt: instant });

export const swap = z.object({
  id,
  version: z.int(),
  status: swapStatus,
  requesterId: id,
  colleagueId: id,
  offered: swappedShift,
  /** Null: a gift. */
  wanted: swappedShift.nullable(),
  note: z.string().nullable(),
  /** Of whoever decided. */
  reason: z.string().nullable(),
  /** When the first of its shifts begins: then nobody can decide any more. */
  expiresAt: instant,
  askedAt: instant,
  answeredAt: instant.nullable(),
  decidedAt: instant.nullable(),
  decidedBy: id.nullable(),
});
export type SwapAnswer = z.infer<typeof swap>;

export const swapListQuery = z.strictObject({
  ...cursorQuery.shape,
  cursor: id.optional(),
  /** Those in which this person gives or takes. */
  employeeId: id.toLowerCase().optional(),
  status: swapStatus.optional(),
});
export type SwapListQuery = z.output<typeof swapListQuery>;
export const swapList = cursorPageOf(swap);
