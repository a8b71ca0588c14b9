import { join } from 'node:path';
import { cacheFolder, cloneEnvName } from '@muster/dev-env/tools';

/** Where one test cluster keeps everything it has; `down` removes the whole folder. */
export interface Layout {
  name: string;
  root: string;
  bin: string;
  config: string;
  pki: string;
  logs: string;
  /** Folders behind the persistent volumes. */
  volumes: string;
  state: string;
  /** For kubectl and helm on this machine. */
  kubeconfig: string;
  /** A cgroup of our own under each controller. */
  cgroup: string;
}

/** One cluster per clone, so that two clones never share one; `MUSTER_TESTCLUSTER` names another. */
export function clusterLayout(name = process.env.MUSTER_TESTCLUSTER ?? cloneEnvName()): Layout {
  const root = join(cacheFolder(), 'testcluster', name);
  return {
    name,
    root,
    bin: join(root, 'bin'),
    config: join(root, 'config'),
    pki: join(root, 'pki'),
    logs: join(root, 'logs'),
    volumes: join(root, 'volumes'),
    state: join(root, 'state.json'),
    kubeconfig: join(root, 'kubeconfig'),
    cgroup: `muster-testcluster-${name}`,
  };
}

/** The cluster's own network; nobody outside sees it, so the numbers need not be free. */
export const network = {
  nodeName: 'node0',
  nodeIp: '10.200.0.1',
  services: '10.96.0.0/16',
  apiService: '10.96.0.1',
  dns: '10.96.0.10',
  pods: '10.244.0.0/24',
  allPods: '10.244.0.0/16',
  domain: 'cluster.local',
  /** A Service with this node port is the cluster's front door. */
  frontDoorNodePort: 30080,
} as const;

export const contextName = 'muster-testcluster';
