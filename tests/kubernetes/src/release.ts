import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repoRoot } from '@muster/dev-env';
import { cluster, namespace } from './cluster.ts';
import { measured } from './figures.ts';

export const release = 'muster';
export const chart = join(repoRoot, 'charts/muster');
const files = [join(repoRoot, 'k8s/trial-values.yaml'), join(import.meta.dirname, '../values.yaml')];
const valuesArgs = files.flatMap((file) => ['--values', file]);

export async function helm(args: readonly string[]): Promise<string> {
  return (await cluster()).helm([...args, '--namespace', namespace]);
}

/** Helm with the values of the tests, and these over them. */
export async function helmWith(args: readonly string[], values: object = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-k8s-test-'));
  try {
    const file = join(folder, 'values.json');
    await writeFile(file, JSON.stringify(values));
    return await helm([...args, ...valuesArgs, '--values', file]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export const upgrade = (values: object = {}, args: readonly string[] = []): Promise<string> =>
  helmWith(['upgrade', release, chart, '--wait', '--timeout', '8m', ...args], values);

let installed: Promise<void> | undefined;

/** Installs Muster when first asked; the files after it find it there. */
export function installOnce(): Promise<void> {
  installed ??= install();
  return installed;
}

async function install(): Promise<void> {
  const there = (await helm(['list', '--short', '--filter', `^${release}$`])).trim();
  // Of a run that was kept: taken as it is.
  if (there !== '') return;
  await measured('helm install --wait', () => helmWith(['install', release, chart, '--wait', '--timeout', '8m']));
}
