import { z } from 'zod';
import { id, instant, localDate } from '../ids.ts';
import { cursorPageOf, cursorQuery } from '../paging.ts';
import { text } from '../text.ts';
import { workDate } from './attendance-days.ts';

const moment = instant.refine((value) => {
  const at = Date.parse(value);
  return at >= Date.UTC(2000, 0, 1) && at < Date.UTC(2100, 0, 1);
}, 'must lie between the years 2000 and 2100');

/** `WAITING`: the place is held until a manager decides. */
export const pickStatus = z.enum(['WAITING', 'TAKEN', 'REFUSED', 'GIVEN_BACK']);

export const postOpenShiftBody = z
  .strictObject({
    siteId: id.toLowerCase(),
    date: workDate,
    shiftId: id.toLowerCase(),
    places: z.int().min(1).max(1000),
    needsApproval: z.boolean().default(false),
    /** Until when a place may be given back; by default until the shift begins. */
    giveBackUntil: moment.optional(),
    note: text(500).optional(),
  })
  .meta({
    example: {
      siteId: '019a0000-0000-7000-8000-00000000c0c0',
      date: '2026-03-28',
      shiftId: '019a0000-0000-7000-8000-00000000b0b0',
      places: 3,
    },
  });
export type PostOpenShiftBody = z.output<typeof postOpenShiftBody>;

export const openShift = z.object({
  id,
  version: z.int(),
  status: z.enum(['OPEN', 'CLOSED']),
  siteId: id,
  date: localDate,
  zone: z.string(),
  shiftId: id,
  name: z.string(),
  startsAt: instant,
  endsAt: instant,
  giveBackUntil: instant,
  places: z.int(),
  /** Places nobody has, nor waits for. */
  free: z.int(),
  needsApproval: z.boolean(),
  note: z.string().nullable(),
  postedAt: instant,
  /** The caller's own pick, the latest. */
  mine: pickStatus.nullable(),
});
export type OpenShiftAnswer = z.infer<typeof openShift>;

export const openShiftListQuery = z
  .strictObject({
    ...cursorQuery.shape,
    cursor: id.optional(),
    siteId: id.toLowerCase().optional(),
    from: workDate.optional(),
    to: workDate.optional(),
    status: z.enum(['OPEN', 'CLOSED']).optional(),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    message: 'must not lie before from',
    path: ['to'],
  });
export type OpenShiftListQuery = z.output<typeof openShiftListQuery>;
export const openShiftList = cursorPageOf(openShift);

export const openShiftParams = z.object({ openShiftId: id.toLowerCase() });
export const pickParams = openShiftParams.extend({ employeeId: id.toLowerCase() });

/** One person's place in an open shift. */
export const pick = z.object({
  openShiftId: id,
  employeeId: id,
  status: pickStatus,
  pickedAt: instant,
  decidedAt: instant.nullable(),
});
export type PickAnswer = z.infer<typeof pick>;
export const pickList = z.object({ data: z.array(pick) });
