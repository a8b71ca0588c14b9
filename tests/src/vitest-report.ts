// What Vitest's JSON report says of a run: how many passed, and the name and reason of each that did not.
import { readFile } from 'node:fs/promises';
import path from 'node:path';

export interface Outcome {
  passed: number;
  /** One line each: what failed, and why. */
  failures: string[];
}

interface Report {
  testResults?: FileResult[];
}

interface FileResult {
  /** The file's absolute path. */
  name: string;
  status: string;
  message?: string;
  assertionResults: { fullName: string; status: string; failureMessages?: string[] | null }[];
}

/**
 * Reads `outputFile`, written by `--reporter=json`. A file that broke outside a test (an import, an `afterAll`), a skipped
 * test and a run without any test count as failures; so does a process that failed though no test did.
 */
export async function readVitestReport(outputFile: string, exitCode: number): Promise<Outcome> {
  const report = JSON.parse(await readFile(outputFile, 'utf8').catch(() => '{}')) as Report;
  const files = report.testResults ?? [];
  const passed = files.flatMap((file) => file.assertionResults).filter((test) => test.status === 'passed').length;
  const failures = files.flatMap(failuresOf);
  if (failures.length === 0 && passed === 0) failures.push('no test ran');
  if (failures.length === 0 && exitCode !== 0) failures.push(`no test failed, but the run ended with ${exitCode}`);
  return { passed, failures };
}

function failuresOf(file: FileResult): string[] {
  const name = path.relative(process.cwd(), file.name);
  const tests = file.assertionResults
    .filter((test) => test.status !== 'passed')
    .map((test) => `${name}: ${test.fullName}: ${reasonIn(test.failureMessages?.[0]) || test.status}`);
  return tests.length === 0 && file.status !== 'passed' ? [`${name}: ${reasonIn(file.message) || file.status}`] : tests;
}

/** What stands before the stack: of a property also its seed and its counterexample, without which nobody sees it again. */
function reasonIn(text = ''): string {
  const lines = text.trim().split('\n');
  const stack = lines.findIndex((line) => /^\s+at /.test(line));
  return lines
    .slice(0, Math.min(3, stack === -1 ? 3 : stack))
    .join(' · ')
    .slice(0, 2000);
}
