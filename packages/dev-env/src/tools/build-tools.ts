import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Report } from '../progress.ts';
import { findGo } from './find-go.ts';
import type { Pin, ToolModule } from './pins.ts';

/** Builds the named programs of a module into `pin.target`. Throws with the end of Go's own words. */
export async function buildTools(
  module: ToolModule,
  pin: Pin,
  names: readonly string[],
  report: Report,
): Promise<void> {
  const go = await findGo();
  await mkdir(pin.target, { recursive: true });
  // What an interrupted build left; nobody else builds while we hold the lock.
  for (const name of await readdir(pin.target)) {
    if (name.startsWith('build-')) await rm(join(pin.target, name), { recursive: true, force: true });
  }
  const draft = await mkdtemp(join(pin.target, 'build-'));
  const what = `building ${names.join(', ')} ${pin.version} from source (once)`;
  try {
    const packages = names.map((name) => module.programs[name] ?? name);
    const output = names.length === 1 ? join(draft, names[0] ?? '') : `${draft}/`;
    const args = ['build', '-v', ...module.flags(pin.version), '-o', output, ...packages];
    await runGo(go, args, module.folder, (seen) =>
      report({ part: module.name, state: 'working', detail: `${what}, ${seen}` }),
    );
    // Whole programs appear under their names, one by one; an interrupted build leaves none.
    for (const name of names) await rename(join(draft, name), join(pin.target, name));
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

function runGo(go: string, args: readonly string[], cwd: string, heartbeat: (seen: string) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const last: string[] = [];
    let packages = 0;
    let downloads = 0;
    const child = spawn(go, args, {
      cwd,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, GOWORK: 'off', CGO_ENABLED: '0' },
    });
    const beat = setInterval(() => {
      const seconds = Math.round((performance.now() - began) / 1000);
      heartbeat(`${downloads} modules fetched, ${packages} packages compiled, ${seconds} s`);
    }, 1_000);
    createInterface({ input: child.stderr }).on('line', (line) => {
      last.push(line);
      if (last.length > 30) last.shift();
      if (line.startsWith('go: downloading')) downloads++;
      else packages++;
    });
    child.once('error', reject);
    child.once('close', (code) => {
      clearInterval(beat);
      if (code === 0) resolve();
      else reject(new Error(`go ${args.slice(0, 2).join(' ')} in ${cwd} failed:\n${last.join('\n')}`));
    });
  });
}
