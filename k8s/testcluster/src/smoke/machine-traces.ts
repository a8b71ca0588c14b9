import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { readdir, readlink, stat } from 'node:fs/promises';
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
  for (const pid of processesIn(spaces)) traces.add(`process ${pid}`);
  for (const name of ['vm', 'kernel', 'net/ipv4', 'net/netfilter', 'fs/inotify']) {
    for (const line of settingsUnder(join('/proc/sys', name))) traces.add(line);
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

// What the kernel tells is read at once, thousands of little files: waiting for each would take long on a busy machine.
function processesIn(spaces: readonly string[]): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => kinds.some((kind) => spaces.includes(tryTo(() => readlinkSync(`/proc/${pid}/ns/${kind}`)) ?? '')));
}

// They change by themselves.
const restless =
  /random|ns_last_pid|seed|_last_|nf_conntrack_count|pty\/nr|usermodehelper|boot_id|cap_last|tcp_fastopen_key|drop_caches|compact_memory|stat_refresh/;

function settingsUnder(folder: string): string[] {
  const lines: string[] = [];
  for (const each of tryTo(() => readdirSync(folder, { withFileTypes: true, recursive: true })) ?? []) {
    const path = join(each.parentPath, each.name);
    if (!each.isFile() || restless.test(path)) continue;
    const value = tryTo(() => readFileSync(path, 'utf8'));
    if (value !== undefined) lines.push(`setting ${path} = ${value.trim()}`);
  }
  return lines;
}

function tryTo<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
