import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isProgram, isRoot, type Report } from '@muster/dev-env/tools';
import { findOnPath } from './find-on-path.ts';

const run = promisify(execFile);

/** Program → Debian's package of it. */
const programs: Record<string, string> = {
  containerd: 'containerd',
  ctr: 'containerd',
  runc: 'runc',
  iptables: 'iptables',
  conntrack: 'conntrack',
  ethtool: 'ethtool',
  socat: 'socat',
  ip: 'iproute2',
  nsenter: 'util-linux',
  unshare: 'util-linux',
  mount: 'mount',
  openssl: 'openssl',
};
const cniFolders = ['/usr/lib/cni', '/opt/cni/bin', '/usr/libexec/cni'];

/** What the node takes from the system. */
export interface SystemParts {
  runc: string;
  cniPlugins: string;
}

/** Finds containerd, runc and their company; root of a Debian gets them installed, everybody else is told what to do. */
export async function ensureSystemPackages(report: Report): Promise<SystemParts> {
  if (process.platform !== 'linux' || !isRoot()) {
    throw new Error(
      'The test cluster runs a kubelet of its own: it needs Linux and root (`sudo make k8s-up`).\n' +
        'Or take a cluster you have (kind, k3d, minikube, a real one): `make k8s-up KUBE_CONTEXT=kind-kind`.',
    );
  }
  const missing = await missingPackages();
  if (missing.length > 0) {
    if (!(await findOnPath('apt-get'))) {
      throw new Error(
        `The test cluster needs these (Debian's names): ${missing.join(' ')}. Install them and try again.`,
      );
    }
    report({ part: 'system', state: 'working', detail: `installing ${missing.join(' ')} by apt (once)` });
    // RUNLEVEL=1: containerd's package shall not start one of its own.
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
    await run('apt-get', ['update', '-qq'], { env }).catch(() => {});
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], { env });
    const still = await missingPackages();
    if (still.length > 0)
      throw new Error(`apt installed what it was asked for, but these are not there: ${still.join(' ')}`);
    report({ part: 'system', state: 'ready', detail: `${missing.join(' ')} installed` });
  }
  return { runc: (await findOnPath('runc')) as string, cniPlugins: (await findCni()) as string };
}

async function missingPackages(): Promise<string[]> {
  const missing = new Set<string>();
  for (const [program, name] of Object.entries(programs)) if (!(await findOnPath(program))) missing.add(name);
  if (!(await findCni())) missing.add('containernetworking-plugins');
  return [...missing];
}

async function findCni(): Promise<string | undefined> {
  for (const folder of cniFolders) if (await isProgram(join(folder, 'bridge'))) return folder;
  return undefined;
}
