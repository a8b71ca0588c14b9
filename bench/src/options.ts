import { parseArgs } from 'node:util';
import type { MonthSize } from './month/run-month.ts';

/** How much is measured. */
export interface Plan {
  quick: boolean;
  repetitions: number;
  /** People in a burst straight at attendance, and in one through the gateway or at the baseline. */
  burst: number;
  gatewayBurst: number;
  plainBurst: number;
  connections: number;
  freshShare: number;
  halfLoadSeconds: number;
  loginSeconds: number;
  loginsPerSecond: number;
  /** Check-ins a second beside the logins. */
  besideLogins: number;
  /** The month of a whole company: people, people a site, requests of each kind. */
  month: MonthSize;
  /** Write CPU profiles of attendance, gateway and events. */
  profile: boolean;
  /** How often a run is repeated when others used the machine meanwhile; above 0 each also waits for a quiet moment. */
  patience: number;
  /** File whose lock each run takes, where several take turns. */
  lock: string | undefined;
  /** Settings to try: `attendance.PUNCH_FLIGHTS=4`; they stand in the results. */
  set: string[];
  /** Scenarios to run; empty for all. */
  only: string[];
}

const usage = `node bench/src/main.ts [--quick] [--repetitions N] [--connections N] [--fresh SHARE] [--only ID]... [--profile]
  [--patience N] [--lock FILE]: on a machine that others use too
  [--set APP.NAME=VALUE]...: another setting of a service, to see what it does
scenarios: direct, direct-fresh, half-direct, gateway, half-gateway, pgbench, pgbench-begin, plain, logins, month`;

/** Reads the command line; `--help` prints it and ends. */
export function readPlan(args: string[]): Plan {
  const { values } = parseArgs({
    args,
    options: {
      help: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      profile: { type: 'boolean', default: false },
      repetitions: { type: 'string' },
      connections: { type: 'string', default: '256' },
      fresh: { type: 'string', default: '0.1' },
      patience: { type: 'string', default: '0' },
      lock: { type: 'string' },
      set: { type: 'string', multiple: true, default: [] },
      only: { type: 'string', multiple: true, default: [] },
    },
  });
  if (values.help) {
    console.log(usage);
    process.exit(0);
  }
  const { quick, profile, only, set } = values;
  return {
    quick,
    profile,
    only,
    set,
    patience: Number(values.patience),
    lock: values.lock,
    repetitions: Number(values.repetitions ?? (quick ? 1 : 3)),
    burst: quick ? 6000 : 30_000,
    gatewayBurst: quick ? 2000 : 10_000,
    plainBurst: quick ? 2000 : 10_000,
    connections: Number(values.connections),
    freshShare: Number(values.fresh),
    halfLoadSeconds: quick ? 3 : 6,
    loginSeconds: quick ? 5 : 15,
    loginsPerSecond: 50,
    besideLogins: 500,
    month: quick
      ? { employees: 5000, perSite: 2500, reads: 100, syncs: 10 }
      : { employees: 100_000, perSite: 5000, reads: 1000, syncs: 100 },
  };
}
