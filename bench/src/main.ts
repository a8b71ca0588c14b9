// `make bench`: starts the whole platform, measures it beside pgbench and a plain server on the same Postgres, and writes JSON.
import { cp, mkdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { openBench } from './bench.ts';
import { readPlan } from './options.ts';
import { describeMachine } from './report/machine.ts';
import { medians } from './report/medians.ts';
import { printReport } from './report/print.ts';
import { ratiosOf } from './report/ratios.ts';
import { runAll } from './run-all.ts';
import { scenarios } from './scenarios/index.ts';

const plan = readPlan(process.argv.slice(2));
const load = os.loadavg()[0] ?? 0;
const results = path.join(import.meta.dirname, '../results');
const stamp = new Date().toISOString().replaceAll(':', '-').slice(0, 19);
await mkdir(results, { recursive: true });
const say = (line: string): void => console.log(line);

if (load > 0.5)
  say(`Others are at work on this machine (load ${load.toFixed(2)}): the figures will be lower than they could be.`);
say('starting the platform');
const profileFolder = plan.profile ? path.join(results, `${stamp}-profiles`) : undefined;
const bench = await openBench({ profileFolder, set: plan.set, say });
try {
  const machine = await describeMachine(bench.server, load);
  const { runs, logins, month } = await runAll(bench, plan);
  const middles = Object.fromEntries([...runs].map(([id, all]) => [id, medians(all)]));
  const mix = logins.length > 0 ? medians(logins) : undefined;
  const file = path.join(results, `${stamp}.json`);
  const report = { at: stamp, machine, plan, medians: middles, ratios: ratiosOf(middles), logins: mix, month };
  await writeFile(file, JSON.stringify({ ...report, runs: Object.fromEntries(runs), loginRuns: logins }, undefined, 2));
  const { processors, model, memoryGiB, node, postgres } = machine;
  say(
    `\n${processors} × ${model}, ${memoryGiB} GiB, Node ${node}, PostgreSQL ${postgres}; medians of ${plan.repetitions}\n`,
  );
  say(printReport(new Map(scenarios.map(({ id, title }) => [id, title])), middles, mix, month));
  say(`\n${path.relative(process.cwd(), file)}${profileFolder ? `, profiles in ${profileFolder}` : ''}`);
} catch (error) {
  // The platform's own folder goes away with it.
  const logs = path.join(results, `${stamp}-logs`);
  await cp(path.join(bench.platform.folder, 'logs'), logs, { recursive: true });
  say(`failed; the logs of every part are in ${path.relative(process.cwd(), logs)}`);
  throw error;
} finally {
  await bench.close();
}
