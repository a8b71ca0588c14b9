// `make k8s-test`: a cluster of its own, everything held on it, and one closing line that CI reads.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cloneEnvName, repoRoot } from '@muster/dev-env/tools';
import { down } from '@muster/testcluster';
import { type Outcome, readVitestReport } from '../../src/vitest-report.ts';
import { prepareCluster } from './prepare-cluster.ts';

const began = Date.now();
const scratch = await mkdtemp(join(tmpdir(), 'muster-k8s-'));
const outputFile = join(scratch, 'report.json');
const figures = join(scratch, 'figures');
const own = !process.env.KUBE_CONTEXT && process.env.KEEP === undefined;
// Beside the cluster somebody works with, and never in it.
process.env.MUSTER_TESTCLUSTER ??= `${cloneEnvName()}-test`;
process.env.K8S_FIGURES = figures;

let child: ChildProcess | undefined;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    child?.kill(signal);
    (own ? down() : Promise.resolve()).finally(() => process.exit(130));
  });
}

function runTests(): Promise<number> {
  const config = ['--config', 'tests/kubernetes/vitest.config.ts'];
  const reporters = ['--reporter=verbose', '--reporter=json', `--outputFile.json=${outputFile}`];
  child = spawn('vitest', ['run', ...config, ...reporters, ...process.argv.slice(2)], {
    cwd: repoRoot,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return new Promise((resolve) => {
    child?.once('error', () => resolve(1));
    child?.once('exit', (code) => resolve(code ?? 1));
  });
}

let { passed, failures }: Outcome = { passed: 0, failures: [] };
try {
  await prepareCluster();
  ({ passed, failures } = await readVitestReport(outputFile, await runTests()));
} catch (error) {
  failures.push(`the cluster: ${error instanceof Error ? error.message : error}`);
}
if (own) await down().catch((error: Error) => failures.push(`the cluster does not end: ${error.message}`));

const lines = (await readFile(figures, 'utf8').catch(() => '')).split('\n').filter(Boolean);
const rows = lines.map((line) => JSON.parse(line) as [string, string]);
rows.push(['the whole of it', `${Math.round((Date.now() - began) / 1000)} s`]);
console.log(`\n${rows.map(([what, value]) => `${what.padEnd(46)} ${value}`).join('\n')}`);
await rm(scratch, { recursive: true, force: true });

if (failures.length > 0) console.log(`\nFAILED\n  ${failures.join('\n  ')}`);
console.log(`\n${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length === 0 && passed > 0 ? 0 : 1;
