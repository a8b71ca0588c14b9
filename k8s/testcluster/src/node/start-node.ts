import { mkdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { identify, isRunning, type Report, waitUntil } from '@muster/dev-env/tools';
import { testCluster } from '../cluster.ts';
import type { SystemImage } from '../images/system-images.ts';
import { type Layout, network } from '../layout.ts';
import { type State, writeState } from '../state.ts';
import type { ClusterTools } from '../tools/ensure-cluster-tools.ts';
import type { SystemParts } from '../tools/ensure-system-packages.ts';
import { makeVolumes } from '../volumes.ts';
import { answersReady } from './answers-ready.ts';
import { makeCgroups } from './cgroups.ts';
import { commands } from './commands.ts';
import { freePort } from './free-port.ts';
import { makePki, writeKubeconfig } from './make-pki.ts';
import { openNamespaces, startInside } from './namespaces.ts';
import { writeNodeConfig } from './node-config.ts';

interface NodeParts {
  layout: Layout;
  system: SystemParts;
  tools: ClusterTools;
  images: readonly SystemImage[];
  report: Report;
}

const manifests = join(import.meta.dirname, '../../manifests');

/** Starts control plane and node and waits until the node is Ready, with names, metrics and volumes. */
export async function startNode({ layout, system, tools, images, report }: NodeParts): Promise<void> {
  const say = (detail: string) => report({ part: 'cluster', state: 'working', detail });
  say('keys and certificates');
  for (const folder of [layout.bin, layout.config, layout.logs]) await mkdir(folder, { recursive: true });
  await makePki(layout);
  await writeNodeConfig(layout, system);
  await linkClients(layout, tools);
  const ports = { api: await freePort(16_443), frontDoor: await freePort(18_080) };
  await writeKubeconfig(layout, 'admin', `https://127.0.0.1:${ports.api}`, layout.kubeconfig);

  say('namespaces');
  const namespaces = await openNamespaces(layout, tools.pause);
  const state: State = { namespaces, parts: {}, ports, since: new Date().toISOString(), complete: false };
  const start = async (name: string, command: readonly string[], options?: { network?: 'outside' }) => {
    const child = startInside(layout, namespaces.init, name, command, options);
    const identity = child.pid === undefined ? undefined : identify(child.pid);
    if (!identity) throw new Error(`${name} did not start: is nsenter there?`);
    state.parts[name] = identity;
    await writeState(layout, state);
  };
  const startKubernetes = (name: keyof typeof commands) => start(name, [tools.kubernetes, ...commands[name](layout)]);
  const until = async (what: string, probe: () => Promise<boolean>) => {
    const dead = () => Object.entries(state.parts).find(([, part]) => !isRunning(part))?.[0];
    await waitUntil(what, async () => dead() !== undefined || probe(), 120_000);
    const name = dead();
    if (name) throw new Error(`${name} ended; its log ends:\n${await lastLines(layout, name)}`);
  };

  say('control plane');
  await writeState(layout, state);
  const doors = [
    `127.0.0.1:${ports.api}=${network.nodeIp}:6443`,
    `127.0.0.1:${ports.frontDoor}=${network.nodeIp}:${network.frontDoorNodePort}`,
  ];
  await start('forward', [tools.forward, ...doors], { network: 'outside' });
  await startKubernetes('etcd');
  await startKubernetes('kube-apiserver');
  await start('containerd', ['containerd', '--config', join(layout.config, 'containerd.toml')]);
  const cluster = await testCluster(layout);
  const succeeds = (work: () => Promise<unknown> | undefined) => async () => {
    await work();
    return true;
  };
  say('images');
  await until(
    'containerd',
    succeeds(() => cluster.importImage?.(images[0]?.archive ?? '')),
  );
  for (const { archive } of images.slice(1)) await cluster.importImage?.(archive);
  await until('kube-apiserver', () => answersReady(layout, ports.api));
  await startKubernetes('kube-controller-manager');
  await startKubernetes('kube-scheduler');

  say('node');
  await makeCgroups(layout);
  await startKubernetes('kubelet');
  await startKubernetes('kube-proxy');
  const kubectl = cluster.kubectl;
  await until(
    'the default service account',
    succeeds(() => kubectl(['-n', 'default', 'get', 'serviceaccount', 'default'])),
  );
  await kubectl(['apply', '-f', join(manifests, 'coredns.yaml'), '-f', join(manifests, 'metrics-server.yaml')]);
  await makeVolumes(cluster, layout);
  await until(
    'the node',
    succeeds(() => kubectl(['wait', '--for=condition=Ready', `node/${network.nodeName}`, '--timeout=1s'])),
  );
  await kubectl(['-n', 'kube-system', 'rollout', 'status', 'deployment/coredns', '--timeout=90s']);
  report({ part: 'cluster', state: 'ready', detail: 'Kubernetes, one node' });
}

/** kubectl and helm under their own names, for whoever puts the folder on PATH. */
async function linkClients(layout: Layout, tools: ClusterTools): Promise<void> {
  await symlink(tools.kubernetes, join(layout.bin, 'kubectl'));
  await symlink(tools.helm, join(layout.bin, 'helm'));
  await symlink(tools.crane, join(layout.bin, 'crane'));
}

async function lastLines(layout: Layout, part: string): Promise<string> {
  const log = await readFile(join(layout.logs, `${part}.log`), 'utf8').catch(() => '');
  return log.trimEnd().split('\n').slice(-25).join('\n');
}
