// `make test`: every suite, one after the other (two cores), then one closing line that CI reads.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

interface Suite {
  name: string;
  command: string[];
  /** Reads how many passed and failed; a suite that ran nothing has failed. */
  count: (outputFile: string, exitCode: number) => Promise<Counts>;
}

interface Counts {
  passed: number;
  failed: number;
}

const root = path.resolve(import.meta.dirname, '../..');
const scratch = await mkdtemp(path.join(tmpdir(), 'muster-test-'));

async function countVitest(outputFile: string, exitCode: number): Promise<Counts> {
  const report = JSON.parse(await readFile(outputFile, 'utf8').catch(() => '{}')) as Partial<Record<string, number>>;
  const passed = report.numPassedTests ?? 0;
  // A suite that broke outside a test (an import, an afterAll) or skipped one has failed too.
  const missing = (report.numTotalTests ?? 0) - passed;
  const failed = Math.max(missing, report.numFailedTestSuites ?? 0, exitCode === 0 && passed > 0 ? 0 : 1);
  return { passed, failed };
}

const vitest = (name: string, config: string, outputFile: string): Suite => ({
  name,
  command: [
    'vitest',
    'run',
    '--config',
    config,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${outputFile}`,
  ],
  count: countVitest,
});

const byExitCode = async (_: string, exitCode: number): Promise<Counts> =>
  exitCode === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };

const suites: Suite[] = [
  vitest('packages and services', 'vitest.config.ts', path.join(scratch, 'unit.json')),
  vitest('the whole platform', 'tests/vitest.config.ts', path.join(scratch, 'platform.json')),
  { name: 'the API against its own description', command: ['node', 'tests/src/fuzz-api.ts'], count: byExitCode },
];

function run([command = '', ...args]: string[]): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
    child.once('error', () => resolve(1));
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

const total: Counts = { passed: 0, failed: 0 };
for (const suite of suites) {
  console.log(`\n── ${suite.name}`);
  const started = Date.now();
  const outputFile = suite.command.find((arg) => arg.startsWith('--outputFile'))?.split('=')[1] ?? '';
  const counts = await suite.count(outputFile, await run(suite.command));
  console.log(
    `── ${suite.name}: ${counts.passed} passed, ${counts.failed} failed in ${Math.round((Date.now() - started) / 1000)} s`,
  );
  total.passed += counts.passed;
  total.failed += counts.failed;
}
await rm(scratch, { recursive: true, force: true });

console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
