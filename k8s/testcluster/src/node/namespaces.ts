import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { access, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { identify, MARK, type ProcessIdentity, waitUntil } from '@muster/dev-env/tools';
import { type Layout, network } from '../layout.ts';
import { systemPath } from '../tools/find-on-path.ts';

// What the kubelet would set for the whole machine. It finds these files in place of the settings, with the values it
// wants already in them, and changes nothing.
const settings = {
  'vm/overcommit_memory': '1',
  'vm/panic_on_oom': '0',
  'kernel/panic': '10',
  'kernel/panic_on_oops': '1',
  'kernel/keys/root_maxkeys': '1000000',
  'kernel/keys/root_maxbytes': '25000000',
};

/** The cluster's first process and the one outside that waits for it. */
export interface Namespaces {
  init: ProcessIdentity;
  holder: ProcessIdentity;
}

/**
 * Opens the cluster's own network, mounts and process numbers, held by one process that only waits: with it everything
 * inside ends, and mounts and network go with the last process.
 */
export async function openNamespaces(layout: Layout, pause: string): Promise<Namespaces> {
  const folder = join(layout.root, 'settings');
  const ready = join(layout.root, 'namespaces-ready');
  await mkdir(folder, { recursive: true });
  await rm(ready, { force: true });
  const binds: string[] = [];
  for (const [name, value] of Object.entries(settings)) {
    const file = join(folder, name.replaceAll('/', '.'));
    await writeFile(file, `${value}\n`);
    binds.push(`[ ! -e /proc/sys/${name} ] || mount --bind ${quote(file)} /proc/sys/${name}`);
  }
  const script = [
    'set -e',
    // Pods' mounts must reach the kubelet and back; the outside is private and sees none of them.
    'mount --make-rshared /',
    'mount -t tmpfs tmpfs /run',
    'mount -t tmpfs tmpfs /var/log',
    ...binds,
    'ip link set lo up',
    `ip addr add ${network.nodeIp}/32 dev lo`,
    // Without any route the node itself could not reach a Service.
    `ip route add ${network.services} dev lo src ${network.nodeIp}`,
    `touch ${quote(ready)}`,
    `exec ${quote(pause)}`,
  ].join('\n');
  const isolation = ['--net', '--mount', '--pid', '--fork', '--kill-child=SIGKILL', '--mount-proc'];
  const child = launch(layout, 'namespaces', 'unshare', [...isolation, '--propagation', 'private', 'sh', '-c', script]);
  const isOpen = () =>
    access(ready).then(
      () => true,
      () => false,
    );
  await waitUntil('the namespace', async () => child.exitCode !== null || isOpen(), 10_000);
  const holder = child.pid === undefined ? undefined : identify(child.pid);
  const init = holder && (await childOf(holder.pid));
  if (!holder || !init) {
    const log = await readFile(join(layout.logs, 'namespaces.log'), 'utf8').catch(() => '');
    throw new Error(`no namespaces for the cluster (is this a container without privileges?):\n${log}`);
  }
  return { holder, init };
}

/** Starts a program in the cluster; `network: 'outside'` leaves it in the machine's network, yet it ends with the cluster. */
export function startInside(
  layout: Layout,
  init: ProcessIdentity,
  name: string,
  command: readonly string[],
  options: { network?: 'outside' } = {},
): ChildProcess {
  const spaces = options.network === 'outside' ? ['-m', '-p'] : ['-n', '-m', '-p'];
  return launch(layout, name, 'nsenter', ['-t', String(init.pid), ...spaces, ...command]);
}

function launch(layout: Layout, name: string, file: string, args: string[]): ChildProcess {
  const log = openSync(join(layout.logs, `${name}.log`), 'a', 0o600);
  try {
    const child = spawn(file, args, {
      detached: true,
      cwd: '/',
      stdio: ['ignore', log, log],
      env: { PATH: systemPath.join(':'), HOME: '/root', TZ: 'UTC', [MARK]: layout.root },
    });
    child.unref();
    return child;
  } finally {
    closeSync(log);
  }
}

async function childOf(pid: number): Promise<ProcessIdentity | undefined> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  return children.trim() ? identify(Number(children.trim().split(' ')[0])) : undefined;
}

const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
