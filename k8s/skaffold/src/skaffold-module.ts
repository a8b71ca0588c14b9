import { join } from 'node:path';
import { repoRoot, type ToolModule } from '@muster/dev-env/tools';

/** Skaffold, pinned in tools/skaffold. */
export const skaffoldModule: ToolModule = {
  name: 'skaffold',
  folder: join(repoRoot, 'tools/skaffold'),
  pinned: 'github.com/GoogleContainerTools/skaffold/v2',
  programs: { skaffold: 'github.com/GoogleContainerTools/skaffold/v2/cmd/skaffold' },
  flags: (version) => [
    '-trimpath',
    '-ldflags',
    `-s -w -X github.com/GoogleContainerTools/skaffold/v2/pkg/skaffold/version.version=v${version}`,
  ],
};
