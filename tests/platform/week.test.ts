import { playWeek } from '@muster/demo';
import { expect, it } from 'vitest';
import { world } from '../src/world.ts';

it('plays a week in which every minute adds up', async () => {
  const { platform, admin } = await world();
  const report = await playWeek({ origin: platform.urls.platform, admin });
  expect(report.faults).toEqual([]);
  expect(report).toMatchObject({ leaveDays: 1.5, corrections: 2, punches: { repeatedAsNew: 0, troubles: 0 } });
  expect(report.punches.offline).toBeGreaterThan(0);
  expect(report.minutesExplained).toBeGreaterThan(40 * 24 * 60);
}, 240_000);
