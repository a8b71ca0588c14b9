// `make test`: every suite, one after the other (two cores), then one closing line that CI reads.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { type Outcome, readVitestReport } from './vitest-report.ts';

interface Suite {
  name: string;
  command: string[];
  /** What the run came to; a suite that ran nothing has failed. */
  outcome: (exitCode: number) => Promise<Outcome>;
}

const root = path.resolve(import.meta.dirname, '../..');
const scratch = await mkdtemp(path.join(tmpdir(), 'muster-test-'));

function vitest(name: string, config: string): Suite {
  const outputFile = path.join(scratch, `${path.basename(path.dirname(path.resolve(root, config)))}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${outputFile}`];
  return {
    name,
    command: ['vitest', 'run', '--config', config, ...reporters],
    outcome: (exitCode) => readVitestReport(outputFile, exitCode),
  };
}

const suites: Suite[] = [
  vitest('packages and services', 'vitest.config.ts'),
  vitest('the charts', 'charts/vitest.config.ts'),
  vitest('the whole platform', 'tests/vitest.config.ts'),
  {
    name: 'the API against its own description',
    command: ['node', 'tests/src/fuzz-api.ts'],
    outcome: async (exitCode) =>
      exitCode === 0
        ? { passed: 1, failures: [] }
        : { passed: 0, failures: ['Schemathesis: its findings stand above'] },
  },
];

function run([command = '', ...args]: string[]): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
    child.once('error', () => resolve(1));
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

let passed = 0;
const failures: string[] = [];
for (const suite of suites) {
  console.log(`\n── ${suite.name}`);
  const started = Date.now();
  const outcome = await suite.outcome(await run(suite.command));
  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(`── ${suite.name}: ${outcome.passed} passed, ${outcome.failures.length} failed in ${seconds} s`);
  passed += outcome.passed;
  failures.push(...outcome.failures);
}
await rm(scratch, { recursive: true, force: true });

// At the end, where a reader of the last screen finds them.
if (failures.length > 0) console.log(`\nFAILED\n  ${failures.join('\n  ')}`);
console.log(`\n${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length === 0 && passed > 0 ? 0 : 1;
