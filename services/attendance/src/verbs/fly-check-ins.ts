import { AppError } from '@muster/contracts';
import { newEvent, newId } from '@muster/db';
import { notCounted } from '../domain/days/index.ts';
import { isoInstant } from '../domain/instant.ts';
import type { Punch } from '../domain/punch.ts';
import { repeatPunch } from '../domain/repeat-punch.ts';
import type { Session } from '../domain/session.ts';
import { insertCheckIns } from '../sql/insert-check-ins.ts';
import type { PunchRow } from '../sql/punch-input.ts';
import { findPeopleAtDoor } from '../sql/sync/find-people-at-door.ts';
import { countCheckIns } from './count-check-ins.ts';
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

type Draft = PunchRow & { session: Session };

const alreadyIn = (): AppError => new AppError('already_checked_in', 'There is an open session: check out first.');

/**
 * Checks in everybody who came together: one look at who they are, one statement and one commit for all. Each gets their own
 * answer; when it throws nothing was committed, or the database went away and nobody can know.
 */
export function flyCheckIns(deps: FlightDeps, punches: Punch[]): Promise<Landing[]> {
  return retryOnKeyRace(async () => {
    const ids = punches.map(({ employeeId }) => employeeId);
    const [people, priors] = await Promise.all([
      findPeopleAtDoor(deps.sql, ids, around(punches)),
      priorsOf(deps, punches),
    ]);
    const counts = await countCheckIns(deps, punches, people);
    const landed = new Map<Punch, Landing>();
    const drafts: Draft[] = [];
    for (const punch of punches) {
      const landing = land(() => {
        const person = people.get(punch.employeeId);
        const prior = priorOf(priors, punch);
        // What was accepted once is repeated, wherever its person is by now.
        if (prior && person?.status !== 'deleted') return repeatPunch(punch, prior);
        const place = placePunch(punch, person, deps.defaultPlace);
        const draft = draftCheckIn(deps, punch, { ...place, ...(counts.get(punch) ?? notCounted) });
        drafts.push(draft);
        return draft.session;
      });
      landed.set(punch, landing);
    }
    const accepted = await insertCheckIns(deps.sql, inOrderOfPeople(drafts));
    const refused = drafts.filter(({ punchId }) => !accepted.has(punchId)).map(({ punch }) => punch);
    if (refused.length > 0)
      for (const [punch, landing] of await landRefused(deps, refused, alreadyIn)) landed.set(punch, landing);
    return punches.map((punch) => landed.get(punch) as Landing);
  });
}

function draftCheckIn(
  deps: FlightDeps,
  punch: Punch,
  at: Pick<Session, 'siteId' | 'zone' | 'flags' | 'shift' | 'late' | 'earlyExit'>,
): Draft {
  const { siteId, zone, flags, shift, late, earlyExit } = at;
  const { actor, employeeId, source, atMs } = punch;
  const { date, offsetMinutes } = deps.localDay(atMs, zone);
  const session: Session = {
    // Its time is the check-in's: ids sort as lists do.
    id: newId(atMs),
    employeeId,
    siteId,
    date,
    zone,
    source,
    checkInAtMs: atMs,
    checkOutAtMs: null,
    version: 1,
    breakSinceMs: null,
    flags,
    shift,
    late,
    earlyExit,
  };
  const checkInAt = isoInstant(atMs);
  const data = {
    version: 1,
    occurredAt: checkInAt,
    actor,
    attendanceId: session.id,
    employeeId,
    siteId,
    date,
    zone,
    checkInAt,
    checkOutAt: null,
    source,
  };
  const event = newEvent('attendance.checked-in.v1', data, { traceparent: punch.traceparent });
  const punchId = newId();
  return {
    punchId,
    sessionId: session.id,
    siteId,
    zone,
    atMs,
    localDate: date,
    offsetMinutes,
    punch,
    event,
    session,
    flags,
    count: { shift, late },
  };
}
