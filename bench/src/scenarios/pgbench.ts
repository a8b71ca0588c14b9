import { percentile } from '@muster/demo';
import type { Bench } from '../bench.ts';
import { startMeter } from '../measure/meter.ts';
import { findPgbench } from '../pgbench/find-pgbench.ts';
import { runPgbench } from '../pgbench/run-pgbench.ts';
import { fiveStatements, oneStatement, type RowValues } from '../pgbench/script.ts';
import { type ScratchDatabase, scratchDatabase } from '../scratch-database.ts';
import { processesOf } from './check-ins.ts';
import type { Run, Scenario } from './scenario.ts';

const clients = 32;

/** Values of the last check-in the platform itself stored. */
async function sampleValues({ attendance, siteId, zone }: Bench): Promise<RowValues> {
  const [row] = await attendance<{ id: string; text: string; date: string }[]>`
    select id, payload::text as text, current_date as date from outbox
    where type = 'attendance.checked-in.v1' order by seq desc limit 1`;
  if (!row) throw new Error('nobody has checked in yet: run (a) first');
  return { siteId, zone, sampleEvent: row.text, sampleEventId: row.id, siteDate: row.date };
}

function pgbench(id: string, title: string, script: (values: RowValues) => string): Scenario {
  let database: ScratchDatabase | undefined;
  return {
    id,
    title,
    async run(bench, plan): Promise<Run> {
      database ??= await scratchDatabase(bench, `bench_${id.replaceAll('-', '_')}`);
      const program = await findPgbench();
      const values = await sampleValues(bench);
      await bench.server`checkpoint`;
      // It has ended when it is accounted for: its time is then among that of our own children.
      const groups = new Map([...processesOf(bench), [process.pid, 'load generator'] as const]);
      const readMeter = await startMeter(groups);
      const startedAt = new Date().toISOString();
      const options = { script: script(values), url: database.url, clients, transactions: plan.burst };
      const result = await runPgbench(program, options);
      const usage = await readMeter();
      const { perSecond, seconds, latenciesMs } = result;
      return {
        ...{ startedAt, count: latenciesMs.length, perSecond, seconds, statuses: {}, generatorUs: Number.NaN },
        ...{ p50Ms: percentile(latenciesMs, 0.5), p99Ms: percentile(latenciesMs, 0.99) },
        ...usage,
      };
    },
    close: async () => database?.sql.end({ timeout: 5 }),
  };
}

export const pgbenchOne = pgbench('pgbench', '(d) pgbench, one statement', oneStatement);
export const pgbenchBegin = pgbench('pgbench-begin', '(d) pgbench, BEGIN … COMMIT', fiveStatements);
