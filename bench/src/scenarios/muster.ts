import type { Bench } from '../bench.ts';
import type { Plan } from '../options.ts';
import { checkPeopleIn } from './check-ins.ts';
import type { Run, Scenario } from './scenario.ts';

/** More than enough: a connection waits only when the service is behind. */
const openLoopConnections = 512;

const warmPath = '/api/attendance/today';

/** Where straight check-ins go. */
const attendance = (bench: Bench) => ({
  origin: bench.platform.urls.services.attendance ?? '',
  path: warmPath,
  sql: bench.attendance,
});
const gateway = (bench: Bench) => ({ ...attendance(bench), origin: bench.platform.urls.platform });

const half = (earlier: ReadonlyMap<string, Run>, id: string, fallback: number): number =>
  Math.round((earlier.get(id)?.perSecond ?? fallback) / 2);

const atHalf = (plan: Plan, rate: number) => ({
  count: rate * plan.halfLoadSeconds,
  rate,
  freshShare: plan.freshShare,
  connections: openLoopConnections,
});

export const direct: Scenario = {
  id: 'direct',
  title: '(a) straight at attendance',
  run: (bench, { burst: count, connections, freshShare }) =>
    checkPeopleIn(bench, { ...attendance(bench), count, connections, freshShare }),
};

export const directFresh: Scenario = {
  id: 'direct-fresh',
  title: '(a) every token new',
  run: (bench, { gatewayBurst: count, connections }) =>
    checkPeopleIn(bench, { ...attendance(bench), count, connections, freshShare: 1 }),
};

export const throughGateway: Scenario = {
  id: 'gateway',
  title: '(b) through gateway and Dapr',
  run: (bench, { gatewayBurst: count, connections, freshShare }) =>
    checkPeopleIn(bench, { ...gateway(bench), count, connections, freshShare }),
};

export const halfDirect: Scenario = {
  id: 'half-direct',
  title: '(a) at half load, open loop',
  run: (bench, plan, earlier) =>
    checkPeopleIn(bench, { ...attendance(bench), ...atHalf(plan, half(earlier, 'direct', 4000)) }),
};

export const halfGateway: Scenario = {
  id: 'half-gateway',
  title: '(b) at half load, open loop',
  run: (bench, plan, earlier) =>
    checkPeopleIn(bench, { ...gateway(bench), ...atHalf(plan, half(earlier, 'gateway', 1200)) }),
};
