import { expect, it } from 'vitest';
import { auditedOnce } from '../src/audit.ts';
import { eventually } from '../src/eventually.ts';
import { checkIn, checkInPatiently, newPeople } from '../src/people.ts';
import { world } from '../src/world.ts';

it('answers 503 with Retry-After while PostgreSQL is down, and recovers without a restart of ours', async () => {
  const { platform } = await world();
  const people = await newPeople(10);
  const [first, ...others] = people;
  const pids = platform
    .status()
    .filter((part) => part.kind === 'service')
    .map((part) => part.pid);

  await platform.part('postgres').stop();
  const refused = await checkIn(first as (typeof people)[0]);
  expect(refused.status).toBe(503);
  expect(refused.headers['retry-after']).toMatch(/^\d+$/);
  expect(refused.body).toMatchObject({ code: 'unavailable', status: 503 });
  expect(JSON.stringify(refused.body)).not.toMatch(/postgres|127\.0\.0\.1|ECONN/i);
  await platform.part('postgres').start();

  const sessions = await eventually('check-ins accepted', () =>
    Promise.all([first, ...others].map((p) => checkInPatiently(p as (typeof people)[0]))),
  );
  expect(
    await auditedOnce(
      'attendance.checked-in',
      sessions.map(({ id }) => id),
    ),
  ).toEqual([]);
  const after = platform
    .status()
    .filter((part) => part.kind === 'service')
    .map((part) => part.pid);
  expect(after).toEqual(pids);
});
