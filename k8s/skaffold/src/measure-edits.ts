import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { repoRoot } from '@muster/dev-env/tools';
import { type Cluster, currentCluster } from '@muster/testcluster';
import { kubectlOf } from './local/kubectl.ts';
import { portForward } from './local/port-forward.ts';

// How long an edit takes to be live, while `skaffold dev` runs: puts other words in place of WORDS in FILE, asks the service's
// own pod for its description until it says them, and does so a few times. The file is as it was afterwards.
const usage = 'usage: measure-edits.ts SERVICE FILE WORDS [TIMES]   (WORDS of a summary in /openapi.json)';
const [app = '', file = '', words = '', times = '5'] = process.argv.slice(2);
if (!words) {
  console.error(usage);
  process.exit(2);
}
const namespace = process.env.MUSTER_NAMESPACE ?? 'muster-dev';
const path = join(repoRoot, file);
const cluster = await currentCluster();
const reach = () => portForward(kubectlOf(cluster), namespace, `deploy/${app}`, [8080]);
let door = await reach();
const original = await readFile(path, 'utf8');
const before = await containers(cluster);
const seconds: number[] = [];
try {
  if (!original.includes(words)) throw new Error(`${file} does not say "${words}"`);
  for (let count = 1; count <= Number(times); count++) {
    const others = `${words}, edit ${count} of ${Date.now()}`;
    const began = performance.now();
    await writeFile(path, original.replace(words, others));
    await until(others);
    seconds.push((performance.now() - began) / 1000);
    console.log(`edit ${count}: live after ${seconds.at(-1)?.toFixed(2)} s`);
    await sleep(2_000);
  }
} finally {
  await writeFile(path, original);
}
await until(`"${words}"`);
const after = await containers(cluster);
door.process.kill('SIGTERM');
console.log(`median ${seconds.toSorted((a, b) => a - b)[Math.floor(seconds.length / 2)]?.toFixed(2)} s`);
console.log(
  before === after ? `neither pod nor a container started again: ${after}` : `BEFORE ${before}\nAFTER ${after}`,
);
process.exitCode = before === after ? 0 : 1;

async function until(text: string): Promise<void> {
  const end = performance.now() + 120_000;
  while (performance.now() < end) {
    // kubectl gives up when the app refuses, as it does while it starts.
    if (door.process.exitCode !== null) door = await reach();
    const url = `http://127.0.0.1:${door.ports.get(8080)}/openapi.json`;
    const signal = AbortSignal.timeout(2_000);
    const answer = await fetch(url, { signal, headers: { connection: 'close' } })
      .then((response) => response.text())
      .catch(() => '');
    if (answer.includes(text)) return;
    await sleep(50);
  }
  throw new Error(`${app} does not say "${text}" after two minutes`);
}

/** Pod, restarts and ids of its containers, the sidecar's among them. */
async function containers({ kubectl }: Pick<Cluster, 'kubectl'>): Promise<string> {
  const each = '{range .status.initContainerStatuses[*]}{.name}:{.restartCount}:{.containerID} {end}';
  const own = each.replace('initContainerStatuses', 'containerStatuses');
  const labels = `app.kubernetes.io/name=${app},app.kubernetes.io/component=service`;
  const format = `jsonpath={range .items[*]}{.metadata.name} ${each}${own}{end}`;
  return kubectl(['-n', namespace, 'get', 'pods', '-l', labels, '-o', format]);
}
