import { AppError } from '@muster/contracts';
import type { PunchFlag } from '@muster/contracts/http/attendance';
import { newEvent, newId } from '@muster/db';
import { plainRules } from '../domain/days/index.ts';
import { countCheckOut } from '../domain/door/count-punch.ts';
import { isoInstant } from '../domain/instant.ts';
import type { Punch } from '../domain/punch.ts';
import { repeatPunch } from '../domain/repeat-punch.ts';
import { closingTime, minutesBetween, type Session } from '../domain/session.ts';
import { closeSessions } from '../sql/close-sessions.ts';
import { findAutoClosedSessions } from '../sql/corrections/find-auto-closed-sessions.ts';
import { findOpenSessions } from '../sql/find-open-sessions.ts';
import type { PunchRow } from '../sql/punch-input.ts';
import { findPeopleAtDoor } from '../sql/sync/find-people-at-door.ts';
import {
  around,
  type FlightDeps,
  inOrderOfPeople,
  type Landing,
  land,
  landRefused,
  priorOf,
  priorsOf,
  retryOnKeyRace,
} from './flight.ts';
import { placePunch } from './sync/place-punch.ts';

type Draft = PunchRow & { version: number };

/** Whoever leaves may have worked through a shift whose day is over. */
const longestStayMs = plainRules.longestStayMinutes * 60_000;

const notIn = (): AppError => new AppError('not_checked_in', 'There is no open session: check in first.');

/** Checks out everybody who came together, as {@link flyCheckIns} does: one look, one statement, one commit for all. */
export function flyCheckOuts(deps: FlightDeps, punches: Punch[]): Promise<Landing[]> {
  return retryOnKeyRace(async () => {
    const ids = punches.map(({ employeeId }) => employeeId);
    const { fromMs, toMs } = around(punches);
    const [people, open, priors] = await Promise.all([
      findPeopleAtDoor(deps.sql, ids, { fromMs: fromMs - longestStayMs, toMs }),
      findOpenSessions(deps.sql, ids),
      priorsOf(deps, punches),
    ]);
    await addAutoClosed(deps, punches, open);
    const landed = new Map<Punch, Landing>();
    const drafts: Draft[] = [];
    const refused: Punch[] = [];
    for (const punch of punches) {
      const landing = land(() => {
        const person = people.get(punch.employeeId);
        const prior = priorOf(priors, punch);
        if (prior && person?.status !== 'deleted') return repeatPunch(punch, prior);
        const { flags } = placePunch(punch, person, deps.defaultPlace);
        const session = open.get(punch.employeeId);
        if (!session) throw notIn();
        // The second of two that came together finds no session left, or repeats the first one's key.
        open.delete(punch.employeeId);
        const checkOutAtMs = closingTime(session.checkInAtMs, punch.atMs);
        const checkIn = { date: session.shift?.date ?? session.date, fromMs: session.checkInAtMs };
        const count = countCheckOut(person?.shifts ?? [], checkIn, checkOutAtMs);
        const closed = {
          ...session,
          shift: count.shift ?? session.shift,
          earlyExit: count.earlyExit,
          checkOutAtMs,
          version: session.version + 1,
          breakSinceMs: null,
          flags: flags.length === 0 ? session.flags : [...new Set([...session.flags, ...flags])].sort(),
        };
        drafts.push(draftCheckOut(deps, punch, closed, { flags, count }));
        return closed;
      });
      landed.set(punch, landing);
      if (!landing.ok && isRefusal(landing.error)) refused.push(punch);
    }
    const accepted = await closeSessions(deps.sql, inOrderOfPeople(drafts));
    refused.push(...drafts.filter(({ punchId }) => !accepted.has(punchId)).map(({ punch }) => punch));
    if (refused.length > 0)
      for (const [punch, landing] of await landRefused(deps, refused, notIn)) landed.set(punch, landing);
    return punches.map((punch) => landed.get(punch) as Landing);
  });
}

/** Who leaves after all takes the place of an automatic check-out, as a late punch does; asked for nobody who stands in a session. */
async function addAutoClosed(deps: FlightDeps, punches: readonly Punch[], open: Map<string, Session>): Promise<void> {
  const rest = punches.filter(({ employeeId }) => !open.has(employeeId));
  if (rest.length === 0) return;
  const sinceMs = Math.min(...rest.map(({ atMs }) => atMs)) - longestStayMs;
  const ids = rest.map(({ employeeId }) => employeeId);
  for (const [id, session] of await findAutoClosedSessions(deps.sql, ids, sinceMs)) open.set(id, session);
}

const isRefusal = (error: unknown): boolean => error instanceof AppError && error.code === 'not_checked_in';

function draftCheckOut(
  deps: FlightDeps,
  punch: Punch,
  closed: Session & { checkOutAtMs: number },
  { flags, count }: { flags: PunchFlag[]; count: PunchRow['count'] },
): Draft {
  const { id, employeeId, siteId, date, zone, source, checkInAtMs, checkOutAtMs, version } = closed;
  const local = deps.localDay(checkOutAtMs, zone);
  const checkOutAt = isoInstant(checkOutAtMs);
  const data = {
    version,
    occurredAt: checkOutAt,
    actor: punch.actor,
    attendanceId: id,
    employeeId,
    siteId,
    date,
    zone,
    checkInAt: isoInstant(checkInAtMs),
    checkOutAt,
    source,
    workedMinutes: minutesBetween(checkInAtMs, checkOutAtMs),
  };
  const event = newEvent('attendance.checked-out.v1', data, { traceparent: punch.traceparent });
  return {
    punchId: newId(),
    sessionId: id,
    siteId,
    zone,
    atMs: checkOutAtMs,
    localDate: local.date,
    offsetMinutes: local.offsetMinutes,
    punch,
    event,
    flags,
    count,
    version: version - 1,
  };
}
