import { readdir, readFile, readlink, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { mountsUnder } from '../down.ts';
import type { Layout } from '../layout.ts';
import { leftCgroups } from '../node/cgroups.ts';
import { readState } from '../state.ts';

// Where Kubernetes, containerd and CNI put things when nobody tells them otherwise.
const usualPlaces = [
  ...[
    '/etc/cni',
    '/etc/kubernetes',
    '/etc/containerd/certs.d',
    '/opt/cni',
    '/run/containerd',
    '/run/flannel',
    '/run/netns',
  ],
  ...['/run/cni-ipam', '/var/lib/cni', '/var/lib/kubelet', '/var/lib/etcd', '/var/lib/calico', '/var/lib/dockershim'],
  ...['/var/log/pods', '/var/log/containers', '/root/.kube', '/usr/libexec/kubernetes'],
];

/** Everything a cluster could leave on this machine, each as one line; `spaces` are the namespaces it had. */
export async function machineTraces(layout: Layout, spaces: readonly string[] = []): Promise<Set<string>> {
  const traces = new Set<string>();
  for (const path of [layout.root, ...usualPlaces]) {
    if (await stat(path).catch(() => undefined)) traces.add(`file ${path}`);
  }
  for (const name of await readdir('/sys/class/net')) traces.add(`network device ${name}`);
  for (const path of await mountsUnder(layout.root)) traces.add(`mount ${path}`);
  for (const path of await leftCgroups(layout)) traces.add(`cgroup ${path}`);
  for (const pid of await processesIn(spaces)) traces.add(`process ${pid}`);
  for (const name of ['vm', 'kernel', 'net/ipv4', 'net/netfilter', 'fs/inotify']) {
    for (const line of await settingsUnder(join('/proc/sys', name))) traces.add(line);
  }
  return traces;
}

/** What is there now and was not before. */
export const newTraces = (before: Set<string>, after: Set<string>): string[] =>
  [...after].filter((trace) => !before.has(trace));

const kinds = ['pid', 'net', 'mnt'];

/** The namespaces of a running cluster, as the kernel calls them. */
export async function namespacesOf(layout: Layout): Promise<string[]> {
  const state = await readState(layout);
  const pid = state?.namespaces.init.pid;
  return Promise.all(kinds.map((kind) => readlink(`/proc/${pid}/ns/${kind}`)));
}

async function processesIn(spaces: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const own = await Promise.all(kinds.map((kind) => readlink(`/proc/${pid}/ns/${kind}`).catch(() => '')));
    if (own.some((space) => spaces.includes(space))) found.push(pid);
  }
  return found;
}

// They change by themselves.
const restless =
  /random|ns_last_pid|seed|_last_|nf_conntrack_count|pty\/nr|usermodehelper|boot_id|cap_last|tcp_fastopen_key|drop_caches|compact_memory|stat_refresh/;

async function settingsUnder(folder: string): Promise<string[]> {
  const lines: string[] = [];
  for (const each of await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => [])) {
    const path = join(each.parentPath, each.name);
    if (!each.isFile() || restless.test(path)) continue;
    const value = await readFile(path, 'utf8').catch(() => undefined);
    if (value !== undefined) lines.push(`setting ${path} = ${value.trim()}`);
  }
  return lines;
}
