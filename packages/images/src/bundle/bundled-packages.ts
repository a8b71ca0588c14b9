import { join } from 'node:path';
import { repoRoot } from '@muster/dev-env';
import type { Metafile } from 'esbuild';
import { type InstalledPackage, readPackage } from './packages.ts';

const ofPackage = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//;

/** The npm packages of which at least one line is in a bundle, by name. */
export async function bundledPackages({ outputs }: Metafile): Promise<InstalledPackage[]> {
  const folders = new Set<string>();
  for (const { inputs } of Object.values(outputs)) {
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const folder = ofPackage.exec(path)?.[1];
      if (folder !== undefined && bytesInOutput > 0) folders.add(folder);
    }
  }
  const packages = await Promise.all([...folders].map((folder) => readPackage(join(repoRoot, folder, 'package.json'))));
  return packages.sort((a, b) => `${a.name}@${a.version}`.localeCompare(`${b.name}@${b.version}`));
}
