import { join } from 'node:path';
import { repoRoot, type ToolModule } from '@muster/dev-env/tools';

// Without a cluster Helm takes the version of Kubernetes it was built with; go build alone says 1.20.
const kubernetes = ['chartutil', 'lint/rules'].flatMap((name) => [
  `-X helm.sh/helm/v3/pkg/${name}.k8sVersionMajor=1`,
  `-X helm.sh/helm/v3/pkg/${name}.k8sVersionMinor=36`,
]);

/** Helm and helm-unittest, pinned in tools/helm. */
export const helmModule: ToolModule = {
  name: 'helm',
  folder: join(repoRoot, 'tools/helm'),
  pinned: 'helm.sh/helm/v3',
  programs: {
    helm: 'helm.sh/helm/v3/cmd/helm',
    'helm-unittest': 'github.com/helm-unittest/helm-unittest/cmd/helm-unittest',
  },
  flags: (version) => [
    '-trimpath',
    '-ldflags',
    ['-s -w', `-X helm.sh/helm/v3/internal/version.version=v${version}`, ...kubernetes].join(' '),
  ],
};
