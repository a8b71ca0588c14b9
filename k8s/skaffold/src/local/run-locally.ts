import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { repoRoot, waitUntil } from '@muster/dev-env/tools';
import { installedClosure } from '@muster/images/dev';
import type { Cluster } from '@muster/testcluster';
import { addressesIn, withLocalPorts } from './addresses.ts';
import { kubectlOf } from './kubectl.ts';
import { type Forward, portForward } from './port-forward.ts';
import { serviceEnv } from './service-env.ts';
import { takeOver } from './take-over.ts';

const sidecarPort = 3500;
const doorPort = 9228;

/**
 * Runs one service here, from its sources and with the environment of its pod, against the cluster's stores and its pod's own
 * sidecar; whoever calls the pod's app is answered here. Resolves when `signal` ends it: then the pod answers itself again.
 */
export async function runLocally(cluster: Cluster, namespace: string, app: string, signal: AbortSignal): Promise<void> {
  const kubectl = kubectlOf(cluster);
  const forwards: Forward[] = [];
  const forward = async (target: string, ports: readonly number[]): Promise<Map<number, number>> => {
    const made = await portForward(kubectl, namespace, target, ports);
    forwards.push(made);
    return made.ports;
  };
  let service: ChildProcess | undefined;
  let letGo = (): void => {};
  try {
    const given = await serviceEnv(cluster, namespace, app);
    const names = await cluster.kubectl([
      '-n',
      namespace,
      'get',
      'services',
      '-o',
      'jsonpath={.items[*].metadata.name}',
    ]);
    const stores = [];
    for (const address of addressesIn(given, names.split(' '), namespace)) {
      const ports = await forward(`svc/${address.service}`, [address.port]);
      stores.push({ ...address, localPort: ports.get(address.port) ?? 0 });
    }
    const pod = await forward(`deploy/${app}`, [sidecarPort, doorPort]);
    const port = await freePort();
    const own = {
      HOST: '127.0.0.1',
      PORT: `${port}`,
      DAPR_HTTP_PORT: `${pod.get(sidecarPort)}`,
      NODE_ENV: 'development',
    };
    service = await start(app, { ...process.env, ...withLocalPorts(given, namespace, stores), ...own });
    const ended = once(service, 'exit');
    await Promise.race([waitUntil(`${app} here`, () => listens(port), 60_000), ended]);

    const lost = Promise.withResolvers<string>();
    letGo = takeOver({ doorPort: pod.get(doorPort) ?? 0, port, onLost: lost.resolve });
    for (const { process: child } of forwards) child.once('exit', () => lost.resolve('a port-forward ended'));
    console.log(`${app} of ${namespace} answers from this machine, port ${port}; Ctrl-C gives it back to its pod`);
    const stopped = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    const reason = await Promise.race([lost.promise, ended.then(() => 'the service ended'), stopped]);
    if (reason) throw new Error(reason);
  } finally {
    letGo();
    if (service?.exitCode === null) {
      service.kill('SIGTERM');
      await once(service, 'exit');
    }
    for (const { process: child } of forwards) child.kill('SIGTERM');
  }
}

async function start(app: string, env: NodeJS.ProcessEnv): Promise<ChildProcess> {
  const { workspace } = await installedClosure(join('services', app));
  const folders = workspace.map((folder) => join(repoRoot, folder, 'src')).filter((path) => existsSync(path));
  const watch = folders.map((folder) => `--watch-path=${folder}`);
  const args = ['--watch', ...watch, '--watch-preserve-output', '--enable-source-maps', 'src/main.ts'];
  // A group of its own: Ctrl-C is ours, and we end it after its connections.
  return spawn(process.execPath, args, { cwd: join(repoRoot, 'services', app), stdio: 'inherit', env, detached: true });
}

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    }).on('error', () => resolve(false));
  });

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
