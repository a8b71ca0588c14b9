import { AppError } from '@muster/contracts';
import type { KioskPunchBody, PunchAnswer, PunchBody } from '@muster/contracts/http/attendance';
import {
  insertOutbox,
  isUniqueViolation,
  newEvent,
  newId,
  type OutboxEvent,
  type Tx,
  withTransaction,
} from '@muster/db';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { isoInstant } from '../../domain/instant.ts';
import { type Punch, takeKioskPunch, takePunch } from '../../domain/punch.ts';
import { describeSession, type Session } from '../../domain/session.ts';
import { findOpenSessions } from '../../sql/find-open-sessions.ts';
import { findSession } from '../../sql/find-session.ts';
import { findPeopleAtDoor } from '../../sql/sync/find-people-at-door.ts';
import { findBreakByKey, turnBreak } from '../../sql/sync/turn-break.ts';
import { identifyAtKiosk } from '../identify-at-kiosk.ts';
import { placePunch } from './place-punch.ts';

export type BreakType = 'BREAK_START' | 'BREAK_END';
export type BreakRequest = { key: string | undefined } & ({ body: PunchBody } | { kiosk: KioskPunchBody });

const attempts = 4;

/**
 * Begins or ends the break of the actor, or of whoever stands in front of a kiosk. Returns the open session. Throws `not_checked_in`,
 * `already_on_break`, `not_on_break`, `forbidden`, `idempotency_mismatch`, and as a check-in does where the place is not right.
 */
export async function takeBreak(
  deps: Deps,
  actor: Actor,
  type: BreakType,
  request: BreakRequest,
): Promise<PunchAnswer> {
  const punch = await punchOf(deps, actor, type, request);
  for (let attempt = 1; ; attempt++) {
    try {
      const session = await withTransaction(deps.sql, (tx) => turn(tx, deps, type, punch));
      deps.relay.wake();
      if (session) return { ...describeSession(session), occurredAtSource: 'server' };
    } catch (error) {
      if (!isUniqueViolation(error, 'punches_idempotency')) throw error;
    }
    // Somebody else turned the session, or used the key, between the look and the write: look again.
    if (attempt >= attempts) throw new AppError('conflict', 'The session changes too often. Try again.');
  }
}

async function punchOf(deps: Deps, actor: Actor, type: BreakType, request: BreakRequest): Promise<Punch> {
  const { key } = request;
  if ('body' in request) {
    authorise(actor, 'attendance.punch');
    return takePunch(type, toEventActor(actor), request.body, deps.clock.now(), key);
  }
  const employeeId = await identifyAtKiosk(deps, actor, request.kiosk, key);
  return takeKioskPunch(type, { kiosk: toEventActor(actor), employeeId }, request.kiosk, deps.clock.now(), key);
}

/** Undefined when the session was another one by the time of writing. */
async function turn(tx: Tx, deps: Deps, type: BreakType, punch: Punch): Promise<Session | undefined> {
  const { employeeId, retry } = punch;
  const prior = retry ? await findBreakByKey(tx, employeeId, retry.key) : undefined;
  if (prior && retry) {
    if (prior.hash !== retry.hash)
      throw new AppError('idempotency_mismatch', 'This Idempotency-Key was already used for another request.');
    const there = await findSession(tx, prior.sessionId);
    if (there) return there;
  }
  const { flags } = placePunch(punch, (await findPeopleAtDoor(tx, [employeeId])).get(employeeId), deps.defaultPlace);
  const session = (await findOpenSessions(tx, [employeeId])).get(employeeId);
  if (!session) throw new AppError('not_checked_in', 'There is no open session: check in first.');
  const { breakSinceMs } = session;
  if (type === 'BREAK_START' && breakSinceMs !== null)
    throw new AppError('already_on_break', 'There is a break under way: end it first.');
  if (type === 'BREAK_END' && breakSinceMs === null) throw new AppError('not_on_break', 'There is no break to end.');
  // A break never ends before it began, even when the clocks of two processes disagree.
  const atMs = Math.max(punch.atMs, session.checkInAtMs, breakSinceMs ?? 0);
  const { date: localDate, offsetMinutes } = deps.localDay(atMs, session.zone);
  const sinceMs = type === 'BREAK_START' ? atMs : null;
  const at = { punchId: newId(), punch, type, atMs, localDate, offsetMinutes };
  if (!(await turnBreak(tx, { session, ...at, sinceMs, flags }))) return undefined;
  const after = { ...session, version: session.version + 1, breakSinceMs: sinceMs };
  await insertOutbox(tx, [eventOf(punch, after, atMs, breakSinceMs)]);
  return after;
}

function eventOf({ actor }: Punch, session: Session, atMs: number, startedMs: number | null): OutboxEvent {
  const { version, id: attendanceId, employeeId, siteId, date } = session;
  const at = isoInstant(atMs);
  const data = { version, occurredAt: at, actor, attendanceId, employeeId, siteId, date, at };
  return startedMs === null
    ? newEvent('attendance.break-started.v1', data)
    : newEvent('attendance.break-ended.v1', { ...data, startedAt: isoInstant(startedMs) });
}
