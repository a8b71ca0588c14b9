import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import { type Outcome, runTool } from './run-tool.ts';

// biome-ignore lint/suspicious/noExplicitAny: manifests of a dozen kinds; a wrong path fails the assertion that took it.
export type Manifest = any;

const chartsFolder = join(import.meta.dirname, '..');
/** A chart of this folder by its name, or any by its path. */
export const chartFolder = (chart: string): string => resolve(chartsFolder, chart);

/** `helm template` with these values, as Helm answered. */
export async function template(
  values: object = {},
  options: { chart?: string; args?: string[] } = {},
): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-charts-'));
  try {
    const file = join(folder, 'values.yaml');
    await writeFile(file, stringify(values));
    const chart = chartFolder(options.chart ?? 'muster');
    return await runTool('helm', ['template', 'muster', chart, '-n', 'muster', '-f', file, ...(options.args ?? [])]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The manifests; throws with Helm's words when it refused. */
export async function render(values?: object, options?: { chart?: string; args?: string[] }): Promise<Manifest[]> {
  const { code, stdout, stderr } = await template(values, options);
  if (code !== 0) throw new Error(stderr);
  return parseAllDocuments(stdout)
    .map((document) => document.toJS())
    .filter(Boolean);
}

/** Helm's refusal; throws when it rendered. */
export async function refusal(values: object, options?: { chart?: string }): Promise<string> {
  const { code, stderr } = await template(values, options);
  if (code === 0) throw new Error('helm took these values');
  return stderr;
}

/** The one manifest of that kind and name. */
export function find(manifests: readonly Manifest[], kind: string, name: string): Manifest {
  const found = manifests.filter((one) => one.kind === kind && one.metadata.name === name);
  if (found.length !== 1) throw new Error(`${found.length} of ${kind} ${name}`);
  return found[0];
}

export const ofKind = (manifests: readonly Manifest[], kind: string): Manifest[] =>
  manifests.filter((one) => one.kind === kind);
