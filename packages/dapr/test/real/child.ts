import { type ChildProcess, spawn } from 'node:child_process';

/** A started program; its last output is kept for the message of a test that fails. */
export interface Child {
  /** Resolves when it is gone, however that came. */
  gone: Promise<void>;
  output(): string;
  /** Asks it to end, and insists after five seconds. */
  stop(): Promise<void>;
}

const running = new Set<ChildProcess>();
// A test run that dies must leave nobody behind.
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

export function start(file: string, args: string[], env: Record<string, string> = {}): Child {
  const child = spawn(file, args, { env: { PATH: process.env.PATH ?? '', ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  let output = '';
  const keep = (data: Buffer): void => {
    output = (output + data).slice(-20_000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const gone = new Promise<void>((done) => {
    child.once('error', (error) => {
      output += String(error);
      done();
    });
    child.once('exit', () => done());
  }).then(() => void running.delete(child));
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    const insist = setTimeout(() => child.kill('SIGKILL'), 5000);
    await gone;
    clearTimeout(insist);
  };
  return { gone, output: () => output, stop };
}

/** Looks again until `look` is true; the limit is only there so that a broken test ends. */
export async function until(what: string, look: () => Promise<boolean> | boolean, limitMs = 60_000): Promise<void> {
  const end = performance.now() + limitMs;
  while (!(await look())) {
    if (performance.now() > end) throw new Error(`waited in vain until ${what}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}
