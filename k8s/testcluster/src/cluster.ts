import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { isProgram, isRunning } from '@muster/dev-env/tools';
import { clusterLayout, contextName } from './layout.ts';
import { readState } from './state.ts';
import { findOnPath } from './tools/find-on-path.ts';

/** A cluster one can talk to: the test cluster, or the one that `KUBE_CONTEXT` names. */
export interface Cluster {
  context: string;
  /** Undefined: the usual one of kubectl. */
  kubeconfig?: string;
  /** Where a Service with node port 30080 answers on this machine; only the test cluster has one. */
  frontDoor?: string;
  /** Runs kubectl and resolves to what it printed; throws with what it complained. `input` goes to its stdin. */
  kubectl(args: readonly string[], input?: string): Promise<string>;
  helm(args: readonly string[]): Promise<string>;
  /** Puts a docker-archive into the node; only the test cluster can, others pull from a registry. */
  importImage?(archive: string): Promise<void>;
}

/** The running test cluster; throws when there is none. */
export async function testCluster(layout = clusterLayout()): Promise<Cluster> {
  const state = await readState(layout);
  if (!state || !isRunning(state.namespaces.init)) throw new Error('The test cluster does not run: `make k8s-up`.');
  const programs = { kubectl: join(layout.bin, 'kubectl'), helm: join(layout.bin, 'helm') };
  const inside = ['-t', String(state.namespaces.init.pid), '-n', '-m', '-p'];
  return {
    ...clients(programs, contextName, layout.kubeconfig),
    kubeconfig: layout.kubeconfig,
    frontDoor: `http://127.0.0.1:${state.ports.frontDoor}`,
    async importImage(archive) {
      await run('nsenter', [...inside, 'ctr', '--namespace', 'k8s.io', 'images', 'import', archive]);
    },
  };
}

/** The cluster behind a context of the user's own kubeconfig, with the user's own kubectl and helm. */
export async function givenCluster(context: string): Promise<Cluster> {
  const own = clusterLayout();
  const programs = { kubectl: await findOnPath('kubectl'), helm: await findOnPath('helm') };
  for (const name of ['kubectl', 'helm'] as const) {
    const built = join(own.bin, name);
    if (!programs[name] && (await isProgram(built))) programs[name] = built;
    if (!programs[name]) throw new Error(`KUBE_CONTEXT is set, and there is no ${name} on PATH to reach it with.`);
  }
  const cluster = clients(programs as Record<'kubectl' | 'helm', string>, context);
  await cluster.kubectl(['get', '--raw', '/readyz']).catch((error: Error) => {
    throw new Error(`The cluster of KUBE_CONTEXT=${context} does not answer:\n${error.message}`);
  });
  return cluster;
}

/** `KUBE_CONTEXT`'s cluster when it is set, else the test cluster. */
export const currentCluster = (): Promise<Cluster> =>
  process.env.KUBE_CONTEXT ? givenCluster(process.env.KUBE_CONTEXT) : testCluster();

function clients(programs: { kubectl: string; helm: string }, context: string, kubeconfig?: string): Cluster {
  const env = { ...process.env, ...(kubeconfig ? { KUBECONFIG: kubeconfig } : {}) };
  return {
    context,
    kubectl: (args, input) => run(programs.kubectl, ['--context', context, ...args], { env, input }),
    helm: (args) => run(programs.helm, ['--kube-context', context, ...args], { env }),
  };
}

function run(
  file: string,
  args: readonly string[],
  { env = process.env, input }: { env?: NodeJS.ProcessEnv; input?: string | undefined } = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(file, args, { env, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error)
        reject(new Error(`${file.split('/').at(-1)} ${args.slice(0, 6).join(' ')}: ${stderr || error.message}`));
      else resolve(stdout);
    });
    child.stdin?.on('error', () => {});
    child.stdin?.end(input ?? '');
  });
}
