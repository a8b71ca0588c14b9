// `make k8s-scale-demo`: one compressed shift change with HPA alone, one with KEDA and the plan, side by side.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repoRoot } from '@muster/dev-env';
import { cluster } from '../src/cluster.ts';
import { api } from '../src/front-door.ts';
import { helm, release } from '../src/release.ts';
import { readOptions } from './options.ts';
import { readyAt, reportTables, sumUp } from './report.ts';
import { type Leg, runLeg } from './run-leg.ts';
import { keepValues } from './settings.ts';

const o = readOptions(process.argv.slice(2));
const tell = (line: string): void => console.log(`  ${line}`);

if ((await helm(['list', '--short', '--filter', `^${release}$`])).trim() === '')
  throw new Error('Muster is not installed in this cluster: see k8s/README.md');
if (o.kinds.includes('keda')) {
  await (await cluster()).kubectl(['get', 'crd', 'scaledobjects.keda.sh']).catch(() => {
    throw new Error(
      'KEDA is not in this cluster: make k8s-up KEDA=1 brings it to the test cluster; or run with --only hpa',
    );
  });
}

const putBack = await keepValues();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void putBack().finally(() => process.exit(130)));
}
const legs: Leg[] = [];
try {
  for (const kind of o.kinds) legs.push(await runLeg(kind, o, tell));
} finally {
  tell('the release gets its own values back');
  // What went wrong before is the news, not that this does as well.
  await putBack().catch((error: Error) => console.error(`the values are not back: ${error.message}`));
  await (await api()).close();
}
console.log(`\n${reportTables(legs, o)}`);
const folder = join(repoRoot, 'bench/results');
await mkdir(folder, { recursive: true });
const file = join(folder, `scaling-${new Date().toISOString().replaceAll(':', '-').slice(0, 19)}.json`);
await writeFile(file, JSON.stringify({ options: o, legs }));
console.log(`every punch and look: ${file}`);

const faults = legs
  .filter(({ kind }) => kind === 'keda')
  .flatMap((leg) => {
    const { failed, failures } = sumUp(leg, -o.aheadSeconds, o.rushSeconds);
    const at = readyAt(leg, o.most);
    return [
      ...(failed > 0 ? [`with the plan ${failures}`] : []),
      ...(at === undefined || at > 0 ? ['with the plan the pods were not ready before the rush'] : []),
    ];
  });
for (const fault of faults) console.error(fault);
process.exitCode = faults.length === 0 ? 0 : 1;
