import { playShiftChange } from '@muster/demo';
import { expect, it } from 'vitest';
import { world } from '../src/world.ts';

it('plays a shift change in which every number adds up', async () => {
  const { api, admin } = await world();
  const report = await playShiftChange({ api, admin, people: 60, windowMs: 3_000 });
  expect(report.faults).toEqual([]);
  expect(report.in).toMatchObject({ accepted: 60, refused: 3, audited: { once: 60, twice: 0 }, seenLive: 60 });
});
