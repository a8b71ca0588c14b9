import { z } from 'zod';
import { id, instant, localDate } from '../ids.ts';
import { type BoardFacts, boardStates } from '../live-board.ts';
import { cursorQuery } from '../paging.ts';
import { text } from '../text.ts';

const boardState = z.enum(boardStates);

export const liveQuery = z.strictObject({
  ...cursorQuery.shape,
  /** HR and admins name one; managers may. */
  siteId: id.toLowerCase().optional(),
  department: text(120).optional(),
  employeeId: id.toLowerCase().optional(),
  state: boardState.optional(),
  cursor: id.toLowerCase().optional(),
  /** Everybody in one answer, however many; `cursor` and `limit` count for nothing then. */
  whole: z.enum(['true', 'false']).default('false'),
});
export type LiveQuery = z.output<typeof liveQuery>;

const counts = z.object(
  Object.fromEntries(boardStates.map((state) => [state, z.int()])) as Record<(typeof boardStates)[number], z.ZodInt>,
);

/** One person. All instants a client needs to know the state later without asking: see `boardStateAt`. */
export const livePerson = z.object({
  employeeId: id,
  name: z.string(),
  siteId: id,
  state: boardState,
  /** Whole minutes; 0 unless `late`, or on a break after it. */
  lateMinutes: z.int(),
  /** When it changes by time alone, or another day begins: ask again, or apply `boardStateAt`. */
  changesAt: instant,
  shifts: z.array(
    z.object({
      name: z.string(),
      /** Where check-ins count for it. */
      windowFrom: instant,
      windowUntil: instant,
      startsAt: instant,
      endsAt: instant,
      /** Who comes then is late. */
      lateFrom: instant,
    }),
  ),
  leave: z.array(z.object({ from: instant, until: instant })),
  stays: z.array(
    z.object({ attendanceId: id, from: instant, until: instant.nullable(), breakSince: instant.nullable() }),
  ),
});
export type LivePerson = z.infer<typeof livePerson>;

/** Who is there now. Counts are of everybody the filters other than `state` leave. */
export const liveBoard = z.object({
  at: instant,
  sites: z.array(
    z.object({
      siteId: id,
      name: z.string(),
      zone: z.string(),
      date: localDate,
      dayFrom: instant,
      dayUntil: instant,
      counts,
    }),
  ),
  data: z.array(livePerson),
  meta: z.object({ nextCursor: z.string().nullable() }),
});
export type LiveBoard = z.infer<typeof liveBoard>;

/**
 * The facts behind a person of a board, and of their site: for `boardStateAt`, and for `withChange` with what sockets tell. Listen first,
 * then ask for the board, then apply everything that was heard.
 */
export function boardFactsOf(
  person: LivePerson,
  site: Pick<LiveBoard['sites'][number], 'dayFrom' | 'dayUntil'>,
): BoardFacts {
  const ms = (at: string): number => Date.parse(at);
  const msOrNull = (at: string | null): number | null => (at === null ? null : ms(at));
  return {
    dayFromMs: ms(site.dayFrom),
    dayUntilMs: ms(site.dayUntil),
    shifts: person.shifts.map((shift) => ({
      name: shift.name,
      windowFromMs: ms(shift.windowFrom),
      windowUntilMs: ms(shift.windowUntil),
      fromMs: ms(shift.startsAt),
      toMs: ms(shift.endsAt),
      lateFromMs: ms(shift.lateFrom),
    })),
    leave: person.leave.map(({ from, until }) => ({ fromMs: ms(from), untilMs: ms(until) })),
    stays: person.stays.map(({ attendanceId, from, until, breakSince }) => ({
      id: attendanceId,
      fromMs: ms(from),
      toMs: msOrNull(until),
      breakSinceMs: msOrNull(breakSince),
      breakKnownMs: 0,
    })),
  };
}
