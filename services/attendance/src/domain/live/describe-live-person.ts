import { type BoardFacts, boardStateAt, lateMinutesAt, nextChangeAt } from '@muster/contracts';
import type { LivePerson } from '@muster/contracts/http/attendance';
import { isoInstant } from '../instant.ts';

/** Who it is, beside where they are. */
export interface LiveIdentity {
  id: string;
  name: string;
  siteId: string;
}

/** A person of the board as clients see it at an instant, Unix milliseconds. */
export function describeLivePerson(who: LiveIdentity, facts: BoardFacts, atMs: number): LivePerson {
  return {
    employeeId: who.id,
    name: who.name,
    siteId: who.siteId,
    state: boardStateAt(facts, atMs),
    lateMinutes: lateMinutesAt(facts, atMs),
    changesAt: isoInstant(nextChangeAt(facts, atMs)),
    shifts: describeShifts(facts.shifts),
    leave: facts.leave.map(({ fromMs, untilMs }) => ({ from: isoInstant(fromMs), until: isoInstant(untilMs) })),
    stays: facts.stays.flatMap(({ id, fromMs, toMs, breakSinceMs }) =>
      fromMs === null
        ? []
        : [
            {
              attendanceId: id,
              from: isoInstant(fromMs),
              until: toMs === null ? null : isoInstant(toMs),
              breakSince: breakSinceMs === null ? null : isoInstant(breakSinceMs),
            },
          ],
    ),
  };
}

const described = new WeakMap<BoardFacts['shifts'], LivePerson['shifts']>();

/** Thousands work the same shift, as the very same object: it is put into words once. */
function describeShifts(shifts: BoardFacts['shifts']): LivePerson['shifts'] {
  const known = described.get(shifts);
  if (known) return known;
  const words = shifts.map((shift) => ({
    name: shift.name,
    windowFrom: isoInstant(shift.windowFromMs),
    windowUntil: isoInstant(shift.windowUntilMs),
    startsAt: isoInstant(shift.fromMs),
    endsAt: isoInstant(shift.toMs),
    lateFrom: isoInstant(shift.lateFromMs),
  }));
  described.set(shifts, words);
  return words;
}
