import { join } from 'node:path';
import { type Cluster, clusterLayout } from '@muster/testcluster';

/** How to start a kubectl that goes on running. */
export interface Kubectl {
  file: string;
  args: string[];
  env: NodeJS.ProcessEnv;
}

/** The kubectl of a cluster: the test cluster's own, or the user's. */
export const kubectlOf = ({ context, kubeconfig }: Pick<Cluster, 'context' | 'kubeconfig'>): Kubectl => ({
  file: kubeconfig ? join(clusterLayout().bin, 'kubectl') : 'kubectl',
  args: ['--context', context],
  env: { ...process.env, ...(kubeconfig && { KUBECONFIG: kubeconfig }) },
});
