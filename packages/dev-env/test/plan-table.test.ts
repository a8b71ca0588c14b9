import type { ScalingPlan } from '@muster/contracts/http/attendance';
import { expect, test } from 'vitest';
import { planTable } from '../src/cli/plan-table.ts';

const plan: ScalingPlan = {
  zone: 'Europe/Berlin',
  from: '2026-11-20T05:00:00.000+01:00',
  to: '2026-11-21T05:00:00.000+01:00',
  settings: { punchesPerPodSecond: 10, peakFactor: 3, leadSeconds: 180, minPods: 2, maxPods: 6 },
  now: { at: '2026-11-20T05:00:00.000+01:00', pods: 2, capped: false },
  quarters: [
    {
      startsAt: '2026-11-20T06:00:00.000+01:00',
      checkIns: 9000,
      checkOuts: 3000,
      peakPerSecond: 40,
      pods: 4,
      podsFrom: '2026-11-20T05:57:00.000+01:00',
      capped: false,
      sites: [
        {
          siteId: '019aa000-0000-7000-8000-000000000001',
          name: 'Berlin',
          zone: 'Europe/Berlin',
          startsAt: '2026-11-20T06:00:00.000+01:00',
          checkIns: 6000,
          checkOuts: 3000,
        },
        {
          siteId: '019aa000-0000-7000-8000-000000000002',
          name: 'Pune',
          zone: 'Asia/Kolkata',
          startsAt: '2026-11-20T10:30:00.000+05:30',
          checkIns: 3000,
          checkOuts: 0,
        },
      ],
    },
  ],
  steps: [
    { from: '2026-11-20T05:00:00.000+01:00', pods: 2, capped: false },
    { from: '2026-11-20T05:57:00.000+01:00', pods: 4, capped: false },
    { from: '2026-11-20T06:12:00.000+01:00', pods: 6, capped: true },
  ],
};

test('the plan by the wall clocks of those who live by it', () => {
  const lines = planTable(plan).split('\n');
  expect(lines[0]).toBe('attendance from Fri 20 05:00 to Sat 21 05:00, Europe/Berlin (+01:00)');
  expect(lines[1]).toBe('the plan wants 2 pods now');
  expect(lines[3]).toMatch(/^quarter +check-ins +check-outs +peak\/s +pods +pods from +at \(in\/out\)$/);
  expect(lines[4]).toMatch(
    /^Fri 20 06:00 +9,000 +3,000 +40\.0 +4 +Fri 20 05:57 +Berlin 6,000\/3,000, Pune 3,000\/0 \(10:30 there\)$/,
  );
  expect(lines[9]).toMatch(/^Fri 20 06:12 +6 +more than 6 wanted$/);
});

test('a day without anybody says so', () => {
  expect(planTable({ ...plan, quarters: [], steps: plan.steps.slice(0, 1) })).toContain('\nNobody is planned.\n');
});
