// Nothing that was accepted is lost or told twice, whatever happens to pods; and whoever retries as HTTP says gets through.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { kubectl, namespace } from './src/cluster.ts';
import { measured, note } from './src/figures.ts';
import { newPeople } from './src/front-door.ts';
import { startLoad } from './src/load.ts';
import { servingPods, settled } from './src/pods.ts';
import { helm, installOnce, release, upgrade } from './src/release.ts';
import { until } from './src/until.ts';

const services = ['gateway', 'auth', 'employee', 'attendance', 'events'];
const people = 12;
let load: ReturnType<typeof startLoad>;

beforeAll(async () => {
  await installOnce();
  load = startLoad(await newPeople(people), 300);
});
afterAll(async () => void (await load?.stop()));

const names = async (service?: string): Promise<string[]> => (await servingPods(service)).map(({ name }) => name);

test('a rolling upgrade replaces every pod', async () => {
  const before = await names();
  const stamp = { podAnnotations: { 'muster/rolled': String(Date.now()) } };
  const values = Object.fromEntries(services.map((service) => [service, stamp]));
  await measured('rolling upgrade of every service, under load', () => upgrade(values));
  const after = await names();
  expect(after.filter((name) => before.includes(name))).toEqual([]);
  expect(load.report.faults).toEqual([]);
});

test('a rollback brings the last release back', async () => {
  const before = await names();
  await measured('rollback, under load', () => helm(['rollback', release, '--wait', '--timeout', '8m']));
  expect((await names()).filter((name) => before.includes(name))).toEqual([]);
  expect(load.report.faults).toEqual([]);
});

test.each(['attendance', 'gateway', 'events'])('a pod of %s is killed', async (service) => {
  const [victim = ''] = await names(service);
  await kubectl(['delete', 'pod', victim, '--grace-period=0', '--force']);
  await settled(service);
  expect(load.report.faults).toEqual([]);
});

test('every pod is evicted in turn, as a drain does it', async () => {
  // Two services at a time: a drain waits for nobody but the disruption budgets.
  for (const pair of [['auth', 'employee'], ['attendance', 'events'], ['gateway']]) await Promise.all(pair.map(drain));
  expect(load.report.faults).toEqual([]);
});

async function drain(service: string): Promise<void> {
  for (const { name } of await settled(service)) {
    await evict(name);
    await until(`${name} is gone`, async () => !(await names(service)).includes(name));
    await settled(service);
  }
}

test('every accepted punch is in the audit log exactly once', async () => {
  const report = await load.stop();
  expect(report.faults).toEqual([]);
  expect(report.in.size).toBeGreaterThan(people);
  const { in: came, out: left } = await load.audited();
  expect(came).toEqual({ once: report.in.size, twice: 0 });
  expect(left).toEqual({ once: report.out.size, twice: 0 });
  const retried = Object.entries(report.retried).map(([reason, times]) => `${times} × ${reason}`);
  await note('punches while pods came and went', `${report.in.size + report.out.size}, each audited once`);
  await note('asked again then', retried.join(', ') || 'none');
});

/** A disruption budget answers 429 while another pod is missing: a drain asks again. */
async function evict(name: string): Promise<void> {
  const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace } };
  const path = `/api/v1/namespaces/${namespace}/pods/${name}/eviction`;
  await until(`${name} may go`, async () => {
    const asked = kubectl(['create', '--raw', path, '--filename', '-'], JSON.stringify(eviction));
    // An autoscaler may have been quicker.
    await asked.catch((error: Error) => {
      if (!error.message.includes('NotFound')) throw error;
    });
    return true;
  });
}
