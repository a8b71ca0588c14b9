import { systemActor } from '@muster/contracts';
import { insertOutbox, newEvent, type Tx, withTransaction } from '@muster/db';
import type { Deps } from '../../deps.ts';
import { isoInstant } from '../../domain/instant.ts';
import { countLeave, type LeaveHalf } from '../../domain/leave/count-leave.ts';
import { requestEvent } from '../../domain/leave/describe-request.ts';
import type { StoredRequest } from '../../domain/leave/stored-request.ts';
import { passCalendarGate } from '../../sql/leave/calendar-gate.ts';
import { chargeLeaveDays, selectRequestHalves } from '../../sql/leave/leave-days.ts';
import { insertLeaveEntries } from '../../sql/leave/leave-entries.ts';
import { takeRecount } from '../../sql/leave/leave-recounts.ts';
import { lockLeaveRequest, saveLeaveCost } from '../../sql/leave/leave-requests.ts';
import { findLeaveType } from '../../sql/leave/leave-types.ts';
import { readWorkCalendar } from './read-work-calendar.ts';

/** So that a process that stops does not wait for all of a holiday's leave; the next run goes on. */
const mostAtOnce = 500;

type RecountDeps = Pick<Deps, 'sql' | 'clock' | 'daySources' | 'relay'>;

/**
 * Counts leave again on dates that a calendar made days off, or days of work: what it costs, the balance and the days follow, and the
 * person is told. One leave a transaction; any number of processes may run it at any time. Takes some hundred at most; returns how many cost something
 * else.
 */
export async function recountLeave(deps: RecountDeps): Promise<number> {
  let changed = 0;
  for (let n = 0; n < mostAtOnce; n++) {
    const result = await withTransaction(deps.sql, (tx) => recountNext(tx, deps));
    if (result === 'none') break;
    if (result === 'changed') changed++;
  }
  if (changed > 0) deps.relay.wake();
  return changed;
}

async function recountNext(tx: Tx, deps: RecountDeps): Promise<'none' | 'same' | 'changed'> {
  await passCalendarGate(tx);
  const taken = await takeRecount(tx);
  if (!taken) return 'none';
  const request = await lockLeaveRequest(tx, taken.requestId);
  const type = request && (await findLeaveType(tx, request.typeId));
  // Rejected or cancelled meanwhile, it has no days any more.
  const before = request ? await selectRequestHalves(tx, request.id, taken.dates) : [];
  if (!type || before.length === 0) return 'same';
  const calendar = await readWorkCalendar(tx, deps, request.employeeId, request);
  const after = new Map(countLeave(request, type, calendar).map((one) => [`${one.date} ${one.half}`, one.charged]));
  const changed = before.flatMap((one) => {
    const charged = after.get(`${one.date} ${one.half}`) ?? one.charged;
    return charged === one.charged ? [] : [{ ...one, charged }];
  });
  if (changed.length === 0) return 'same';
  await store(tx, deps, request, changed);
  return 'changed';
}

async function store(
  tx: Tx,
  { clock }: RecountDeps,
  request: StoredRequest,
  changed: readonly LeaveHalf[],
): Promise<void> {
  const atMs = clock.now().epochMilliseconds;
  const more = changed.reduce((sum, half) => sum + costOf(half), 0);
  const after = { ...request, charged: request.charged + more, version: request.version + 1 };
  await chargeLeaveDays(tx, request.id, changed);
  await saveLeaveCost(tx, after);
  const { employeeId, typeId, id: requestId } = request;
  const entries = [...Map.groupBy(changed, ({ leaveYear }) => leaveYear)].flatMap(([leaveYear, halves]) => {
    const amount = -halves.reduce((sum, half) => sum + costOf(half), 0);
    return amount === 0 ? [] : [{ employeeId, typeId, leaveYear, requestId, kind: 'RECOUNTED' as const, amount }];
  });
  await insertLeaveEntries(tx, entries, { atMs, actorId: null });
  const base = { version: after.version, occurredAt: isoInstant(atMs), actor: systemActor };
  const data = { ...base, ...requestEvent(after), before: request.charged / 2 };
  await insertOutbox(tx, [newEvent('attendance.leave-recounted.v1', data)]);
}

const costOf = ({ charged }: LeaveHalf): number => (charged ? 1 : -1);
