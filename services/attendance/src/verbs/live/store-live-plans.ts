import { systemActor } from '@muster/contracts';
import { insertOutbox, newEvent, type Tx } from '@muster/db';
import type { PersonRecord } from '../../domain/days/index.ts';
import { plusDays } from '../../domain/days/wall-time.ts';
import { isoInstant } from '../../domain/instant.ts';
import { livePlansOf } from '../../domain/live/live-plan.ts';
import { saveLivePlans } from '../../sql/live/save-live-plans.ts';
import type { DateRange } from '../../sql/take-queued-days.ts';

/** Dates around today, in days, for which plans are kept: any zone's now, and the night before. */
const reach = { before: 2, after: 3 } as const;

/** Keeps what boards need of these people's plans, as far as it is near now, and tells of those for whom now is another. */
export async function storeLivePlans(
  tx: Tx,
  records: ReadonlyMap<string, PersonRecord>,
  ranges: readonly DateRange[],
  nowMs: number,
): Promise<void> {
  const today = isoInstant(nowMs).slice(0, 10);
  const [first, last] = [plusDays(today, -reach.before), plusDays(today, reach.after)];
  const near = ranges
    .filter(({ from, to }) => from <= last && to >= first)
    .map(({ employeeId, from, to }) => ({
      employeeId,
      from: [first, from].toSorted().at(-1) ?? first,
      to: [last, to].toSorted()[0] ?? last,
    }));
  if (near.length === 0) return;
  const plans = near.flatMap(({ employeeId, from, to }) => {
    const record = records.get(employeeId);
    return record ? livePlansOf(record, from, to) : [];
  });
  const employeeIds = await saveLivePlans(tx, near, plans, nowMs);
  if (employeeIds.length === 0) return;
  const base = { version: nowMs, occurredAt: isoInstant(nowMs), actor: systemActor };
  await insertOutbox(tx, [newEvent('attendance.board-changed.v1', { ...base, employeeIds })]);
}
