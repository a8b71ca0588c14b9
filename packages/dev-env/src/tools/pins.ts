import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '../env/cache-folder.ts';
import { repoRoot } from '../env/repo-root.ts';

/** A Go module under `tools/` and the programs it pins. */
export interface ToolModule {
  name: string;
  folder: string;
  /** The module whose version counts. */
  pinned: string;
  /** Program name → package to build. */
  programs: Record<string, string>;
  flags: (version: string) => string[];
  /** Go files of our own that are built in, relative to `folder`: a change of one asks for a new build. */
  sources?: readonly string[];
}

export const daprModule: ToolModule = {
  name: 'dapr',
  folder: join(repoRoot, 'tools/dapr'),
  pinned: 'github.com/dapr/dapr',
  programs: {
    daprd: 'github.com/dapr/dapr/cmd/daprd',
    scheduler: 'github.com/dapr/dapr/cmd/scheduler',
    sentry: 'github.com/dapr/dapr/cmd/sentry',
  },
  flags: (version) => [
    ...['-tags', 'stablecomponents', '-trimpath'],
    ...['-ldflags', `-s -w -X github.com/dapr/dapr/pkg/buildinfo.version=${version}`],
  ],
};

export const versitygwModule: ToolModule = {
  name: 'versitygw',
  folder: join(repoRoot, 'tools/versitygw'),
  pinned: 'github.com/versity/versitygw',
  programs: { versitygw: 'github.com/versity/versitygw/cmd/versitygw' },
  flags: (version) => ['-trimpath', '-ldflags', `-s -w -X main.Version=v${version}`],
};

/** What a module is pinned to, and where its programs go: another pin or another platform, another folder. */
export interface Pin {
  version: string;
  target: string;
}

/** Reads the pin; throws when go.mod does not name the module. */
export async function readPin(module: ToolModule): Promise<Pin> {
  const goMod = await readFile(join(module.folder, 'go.mod'), 'utf8');
  const goSum = await readFile(join(module.folder, 'go.sum'), 'utf8');
  const version = new RegExp(`^\\s*(?:require )?${module.pinned} v(\\S+)`, 'm').exec(goMod)?.[1];
  if (!version) throw new Error(`${module.folder}/go.mod does not pin ${module.pinned}`);
  const sources = (module.sources ?? []).map((path) => readFile(join(module.folder, path), 'utf8'));
  const stamp = createHash('sha256')
    .update(
      [goMod, goSum, process.platform, process.arch, ...module.flags(version), ...(await Promise.all(sources))].join(
        '\n',
      ),
    )
    .digest('hex')
    .slice(0, 12);
  return { version, target: join(cacheFolder(), 'tools', `${module.name}-${version}-${stamp}`) };
}
