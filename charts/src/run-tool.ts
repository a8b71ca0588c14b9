import { execFile } from 'node:child_process';
import { toolVariable } from './build-tools.ts';

export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a tool that {@link buildTools} has built. A failure is an outcome, not an exception. */
export function runTool(
  tool: 'helm' | 'helm-unittest' | 'kube-score',
  args: readonly string[],
  input = '',
): Promise<Outcome> {
  const file = process.env[toolVariable(tool)];
  if (!file) throw new Error(`${tool} was not built: run by \`make charts\``);
  return new Promise((resolve, reject) => {
    const child = execFile(file, args, { maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error && typeof error.code !== 'number') reject(error);
      else resolve({ code: Number(error?.code ?? 0), stdout, stderr });
    });
    // Who does not read its input has closed it.
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
  });
}
