import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs `helm` or `helm-unittest` as built by {@link buildHelm}. A failure is an outcome, not an exception. */
export async function runTool(tool: 'helm' | 'helm-unittest', args: readonly string[]): Promise<Outcome> {
  const file = process.env[`TOOL_${tool.toUpperCase().replace('-', '_')}`];
  if (!file) throw new Error(`${tool} was not built: run by \`make charts\``);
  try {
    return { code: 0, ...(await run(file, args, { maxBuffer: 64 * 1024 * 1024 })) };
  } catch (error) {
    const { code, stdout, stderr } = error as { code?: number; stdout?: string; stderr?: string };
    if (typeof code !== 'number') throw error;
    return { code, stdout: stdout ?? '', stderr: stderr ?? '' };
  }
}
