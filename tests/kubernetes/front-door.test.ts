import { playShiftChange } from '@muster/demo';
import { beforeAll, expect, test } from 'vitest';
import { measured } from './src/figures.ts';
import { administrator, api } from './src/front-door.ts';
import { installOnce } from './src/release.ts';

beforeAll(installOnce);

test('a shift change through the front door adds up: answers, audit log, live board', async () => {
  const door = await api();
  const admin = await administrator();
  const report = await measured('demo of 60 people', () =>
    playShiftChange({ api: door, admin, people: 60, windowMs: 6_000 }),
  );
  expect(report.faults).toEqual([]);
});
