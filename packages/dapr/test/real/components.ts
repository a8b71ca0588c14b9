import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { daprComponents } from '@muster/codegen';
import { parse, stringify } from 'yaml';

interface Component {
  auth?: unknown;
  scopes?: unknown;
  spec: { metadata?: { name: string; value?: string; secretKeyRef?: unknown }[] };
}

/**
 * Writes the project's own pub/sub, bindings and resiliency for a lone sidecar: addresses put in, scopes taken out (they
 * name the real apps, which may be running on this machine at the same time).
 */
export async function writeComponents(folder: string, values: Record<string, string>): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of ['pubsub.yaml', 'photos.yaml', 'class-cache.yaml', 'resiliency.yaml']) {
    const { auth: _auth, scopes: _scopes, ...component } = parse(daprComponents().get(name) ?? '') as Component;
    const kept = component.spec.metadata?.filter((entry) => !entry.name.endsWith('Scopes'));
    const metadata = kept?.map((entry) => ({ name: entry.name, value: values[entry.name] ?? entry.value ?? '' }));
    const spec = { ...component.spec, ...(metadata && { metadata }) };
    await writeFile(join(folder, name), stringify({ ...component, spec }));
  }
}
