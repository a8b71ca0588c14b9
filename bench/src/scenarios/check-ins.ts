import type { Bench } from '../bench.ts';
import type { Order } from '../load/order.ts';
import { prepareLoad } from '../load/prepare-load.ts';
import { auditFigures, watchAudit } from '../measure/audit.ts';
import { startMeter } from '../measure/meter.ts';
import { summarise } from '../measure/summarise.ts';
import { type Crowd, gather } from '../people/gather.ts';
import type { Run } from './scenario.ts';

export interface CheckIns extends Crowd {
  connections: number;
  /** See {@link Order.rate}. */
  rate?: number;
  /** More processes to account for, by id. */
  processes?: ReadonlyMap<number, string>;
  /** Awaited when everything is ready. */
  beforeFire?: () => Promise<void>;
}

/** The parts of the platform by process id, for {@link readCpu}. */
export const processesOf = ({ platform }: Bench): Map<number, string> =>
  new Map(platform.parts.flatMap(({ pid, name }) => (pid === undefined ? [] : [[pid, name] as const])));

/** New people check in; ends when the last of them is audited. Throws when one of them was not let in. */
export async function checkPeopleIn(bench: Bench, o: CheckIns): Promise<Run> {
  const shots = await gather(bench, o);
  const rate = o.rate === undefined ? {} : { rate: o.rate };
  const order: Order = {
    origin: o.origin,
    method: 'POST',
    path: '/api/attendance/check-in',
    shots,
    ...rate,
    connections: o.connections,
  };
  const load = await prepareLoad(order);
  const groups = new Map([
    ...processesOf(bench),
    ...(o.processes ?? []),
    [load.pid, 'load generator'],
    [process.pid, 'bench'],
  ]);
  const audit = await watchAudit(bench);
  await o.beforeFire?.();
  const readMeter = await startMeter(groups);
  const outcome = await load.fire();
  const usage = await readMeter();
  const summary = summarise(outcome, 201);
  const samples = await audit.until(o.count);
  return {
    ...summary,
    ...(o.rate === undefined ? {} : { offered: o.rate }),
    audit: auditFigures(samples, o.count, outcome),
    ...usage,
  };
}
