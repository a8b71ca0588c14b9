import { join } from 'node:path';
import { daprModule, repoRoot, type ToolModule } from '@muster/dev-env/tools';

const base = 'k8s.io/component-base/version';
const client = 'k8s.io/client-go/pkg/version';

/** Kubernetes in one program, crane, and two small helpers of our own. */
export const kubernetesModule: ToolModule = {
  name: 'kubernetes',
  folder: join(repoRoot, 'tools/kubernetes'),
  pinned: 'k8s.io/kubernetes',
  programs: {
    kubernetes: '.',
    pause: './pause',
    forward: './forward',
    crane: 'github.com/google/go-containerregistry/cmd/crane',
  },
  sources: ['main.go', 'pause/main.go', 'forward/main.go'],
  // A Kubernetes that does not know its version calls itself v0.0.0-master, and clients refuse it.
  flags: (version) => {
    const [major, minor] = version.split('.');
    const stamps = [base, client].flatMap((at) => [
      `-X ${at}.gitVersion=v${version}`,
      `-X ${at}.gitMajor=${major}`,
      `-X ${at}.gitMinor=${minor}`,
      `-X ${at}.gitTreeState=clean`,
    ]);
    return ['-trimpath', '-ldflags', ['-s -w', ...stamps].join(' ')];
  },
};

/** Operator, injector, placement, sentry and scheduler in one program, from the pin that daprd is built from. */
export const daprControlPlaneModule: ToolModule = {
  ...daprModule,
  name: 'dapr-control-plane',
  programs: { 'dapr-control-plane': './control-plane' },
  sources: ['control-plane/main.go'],
  flags: (version) => ['-trimpath', '-ldflags', `-s -w -X github.com/dapr/dapr/pkg/buildinfo.version=${version}`],
};

/** What scales on a roster: KEDA's operator and its metrics adapter. */
export const kedaModule: ToolModule = {
  name: 'keda',
  folder: join(repoRoot, 'tools/keda'),
  pinned: 'github.com/kedacore/keda/v2',
  programs: {
    operator: 'github.com/kedacore/keda/v2/cmd/operator',
    adapter: 'github.com/kedacore/keda/v2/cmd/adapter',
  },
  flags: (version) => ['-trimpath', '-ldflags', `-s -w -X github.com/kedacore/keda/v2/version.Version=${version}`],
};
