import { join } from 'node:path';
import { repoRoot, type ToolModule } from '@muster/dev-env/tools';

/** kube-score, pinned in tools/kube-score. */
export const kubeScoreModule: ToolModule = {
  name: 'kube-score',
  folder: join(repoRoot, 'tools/kube-score'),
  pinned: 'github.com/zegl/kube-score',
  programs: { 'kube-score': 'github.com/zegl/kube-score/cmd/kube-score' },
  flags: () => ['-trimpath', '-ldflags', '-s -w'],
};
