import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { note } from './src/figures.ts';
import { newPeople } from './src/front-door.ts';
import { startLoad } from './src/load.ts';
import { servingPods } from './src/pods.ts';
import { installOnce } from './src/release.ts';
import { until } from './src/until.ts';

beforeAll(installOnce);

test('attendance scales out when people come, and in when they have', async () => {
  const few = await until(
    'the fewest pods of attendance',
    async () => {
      const { length } = await servingPods('attendance');
      return length === 1 ? length : undefined;
    },
    180_000,
  );
  const people = await newPeople(40);
  const began = performance.now();
  const load = startLoad(people, 100);
  onTestFinished(async () => void (await load.stop()));
  const many = await until(
    'more pods of attendance',
    async () => {
      const { length } = await servingPods('attendance');
      return length > few ? length : undefined;
    },
    240_000,
  );
  await note('scale-out of attendance', `${few} → ${many} in ${seconds(began)} s`);
  const report = await load.stop();
  expect(report.faults).toEqual([]);
  const calm = performance.now();
  await until('as few pods as before', async () => (await servingPods('attendance')).length === few, 240_000);
  await note('scale-in of attendance', `back to ${few} in ${seconds(calm)} s`);
  const { in: came, out: left } = await load.audited();
  expect(came).toEqual({ once: report.in.size, twice: 0 });
  expect(left).toEqual({ once: report.out.size, twice: 0 });
}, 900_000);

const seconds = (since: number): string => ((performance.now() - since) / 1000).toFixed(0);
