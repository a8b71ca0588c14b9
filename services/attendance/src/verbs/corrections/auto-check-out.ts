import { systemActor } from '@muster/contracts';
import { insertOutbox, newEvent, newId, type Tx, withTransaction } from '@muster/db';
import type { Deps } from '../../deps.ts';
import { deriveDay } from '../../domain/days/index.ts';
import { isoInstant } from '../../domain/instant.ts';
import {
  findDueAutoCloses,
  findPunchPlace,
  forgetAutoClose,
  insertAutoPunch,
  type OpenDay,
} from '../../sql/corrections/auto-close.ts';
import { findPeople } from '../../sql/find-people.ts';
import { lockDaysOf } from '../../sql/lock-days-of.ts';
import { readRecords } from '../read-records.ts';
import { storeDays } from '../store-days.ts';
import { amendDoor } from './amend-door.ts';

const batch = 100;

/**
 * Checks everybody out whose automatic check-out is due, each in a transaction of their own: the fact, the door's session, the day and the
 * event together. As often and in as many processes as it may run, each gets one. Returns how many it wrote. Throws what kept it
 * from the last of those it failed at, after all others.
 */
export async function autoCheckOut(deps: Deps): Promise<number> {
  let written = 0;
  const failed = new Map<string, unknown>();
  for (;;) {
    const due = await findDueAutoCloses(deps.sql, deps.clock.now().epochMilliseconds, batch + failed.size);
    const left = due.filter((day) => !failed.has(keyOf(day)));
    if (left.length === 0) break;
    for (const day of left) {
      try {
        if (await withTransaction(deps.sql, (tx) => closeDay(tx, deps, day))) written++;
      } catch (error) {
        failed.set(keyOf(day), error);
      }
    }
  }
  if (written > 0) deps.relay.wake();
  const [error] = [...failed.values()].slice(-1);
  if (error) throw error;
  return written;
}

const keyOf = ({ employeeId, date }: OpenDay): string => `${employeeId} ${date}`;

async function closeDay(tx: Tx, deps: Deps, day: OpenDay): Promise<boolean> {
  const { employeeId, date } = day;
  const ranges = [{ employeeId, from: date, to: date }];
  await lockDaysOf(tx, [employeeId]);
  const nowMs = deps.clock.now().epochMilliseconds;
  // As the facts are now: a check-out, or another process, may have been here since the day was stored.
  const record = (await readRecords(tx, deps, ranges)).get(employeeId);
  const { autoCloseAtMs: atMs, stays } = record ? deriveDay(record, date) : { autoCloseAtMs: null, stays: [] };
  const stay = stays.at(-1);
  let wrote = false;
  if (stay && atMs !== null && atMs <= nowMs) {
    const place = await placeOf(tx, deps, employeeId, { id: stay.inId, atMs: stay.fromMs });
    const { date: localDate, offsetMinutes } = deps.localDay(atMs, place.zone);
    const id = newId();
    wrote = await insertAutoPunch(tx, { ...place, id, employeeId, atMs, receivedMs: nowMs, localDate, offsetMinutes });
    if (wrote) {
      await amendDoor(tx, deps, systemActor, employeeId, [stay.fromMs]);
      const base = { version: 1, occurredAt: isoInstant(nowMs), actor: systemActor };
      const what = { employeeId, date, punchId: id, checkInAt: isoInstant(stay.fromMs), checkOutAt: isoInstant(atMs) };
      await insertOutbox(tx, [newEvent('attendance.auto-checked-out.v1', { ...base, ...what })]);
    }
  }
  // Of a closed month, too, whose day stays as it is: or it would be due for ever.
  await forgetAutoClose(tx, day);
  await storeDays(tx, deps, ranges);
  return wrote;
}

async function placeOf(tx: Tx, deps: Deps, employeeId: string, checkIn: { id: string; atMs: number }) {
  const punched = await findPunchPlace(tx, employeeId, checkIn);
  if (punched) return punched;
  const person = (await findPeople(tx, [employeeId])).get(employeeId);
  const { siteId, zone } = deps.defaultPlace;
  return { siteId: person?.siteId ?? siteId, zone: person?.zone ?? zone, attendanceId: newId() };
}
