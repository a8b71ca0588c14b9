import { beforeAll, expect, test } from 'vitest';
import { get, kubectl } from './src/cluster.ts';
import { measured, note } from './src/figures.ts';
import { listPods } from './src/pods.ts';
import { helm, installOnce, release, upgrade } from './src/release.ts';

beforeAll(installOnce);

const services = ['gateway', 'auth', 'employee', 'attendance', 'events'];

test('every pod runs beside its sidecar, and no app had to be started twice', async () => {
  const pods = await listPods();
  expect(pods.filter((pod) => !pod.ready || pod.restarts.sidecar === undefined || pod.restarts.app > 0)).toEqual([]);
  // A sidecar that begins before Redis answers has no pub/sub for ever: its app asks it to begin again, once.
  expect(pods.filter(({ restarts }) => (restarts.sidecar ?? 0) > 1)).toEqual([]);
  for (const name of services) expect(pods.some((pod) => pod.name.startsWith(`${name}-`))).toBe(true);
  await note('pod create → ready', await readyTimes());
});

test('the migrations have run and are gone', async () => {
  expect((await get(['jobs'])).items).toEqual([]);
});

test('helm test logs in, checks in and finds it in the audit log', async () => {
  const said = await measured('helm test', () => helm(['test', release, '--logs']));
  expect(said).toContain('the round trip is whole');
});

test('an upgrade keeps generated Secrets as they are', async () => {
  const before = await secrets();
  expect(Object.keys(before).length).toBeGreaterThan(10);
  await upgrade();
  expect(await secrets()).toEqual(before);
});

async function secrets(): Promise<Record<string, unknown>> {
  const { items } = await get(['secrets', '--selector', 'app.kubernetes.io/part-of in (muster, dev-stores)']);
  return Object.fromEntries(
    items.map((one: { metadata: { name: string }; data: unknown }) => [one.metadata.name, one.data]),
  );
}

/** Of pods that nobody waited for longer than a moment: from being made to being Ready. */
async function readyTimes(): Promise<string> {
  const { items } = await get(['pods', '--selector', 'app.kubernetes.io/component=service']);
  const times = items.map((pod: { metadata: { creationTimestamp: string }; status: { conditions: Condition[] } }) => {
    const ready = pod.status.conditions.find(({ type }) => type === 'Ready')?.lastTransitionTime ?? '';
    return (Date.parse(ready) - Date.parse(pod.metadata.creationTimestamp)) / 1000;
  });
  return `${Math.min(...times)}–${Math.max(...times)} s, ${items.length} pods at once`;
}

interface Condition {
  type: string;
  lastTransitionTime: string;
}

test('memory of pods and sidecars is measured', async () => {
  const lines = (await kubectl(['top', 'pods', '--containers', '--no-headers'])).trim().split('\n');
  for (const container of ['app', 'daprd']) {
    const sizes = lines
      .filter((line) => line.includes(` ${container} `))
      .map((line) => Number(/(\d+)Mi/.exec(line)?.[1]));
    expect(sizes.length).toBeGreaterThan(0);
    await note(`memory of ${container}`, `${Math.min(...sizes)}–${Math.max(...sizes)} MiB`);
  }
});
