import { describe, expect, it } from 'vitest';
import { auditedOnce } from '../src/audit.ts';
import { eventually } from '../src/eventually.ts';
import { checkInPatiently, newPeople } from '../src/people.ts';
import { world } from '../src/world.ts';

describe('Redis away', () => {
  it('accepts check-ins and delivers every event when it is back, though a sidecar died meanwhile', async () => {
    const { platform } = await world();
    const people = await newPeople(20);
    await platform.part('redis').stop();
    const early = await Promise.all(people.slice(0, 10).map(checkInPatiently));
    // A sidecar that starts without Redis has no pub/sub: its app must notice and have it replaced.
    await platform.part('attendance-dapr').kill9();
    await platform.part('events-dapr').kill9();
    const late = await Promise.all(people.slice(10).map(checkInPatiently));
    const killed = platform.part('attendance-dapr').restarts;
    await platform.part('redis').start();
    const ids = [...early, ...late].map(({ id }) => id);
    expect(await auditedOnce('attendance.checked-in', ids)).toEqual([]);
    // daprd itself would have tried again within a minute; our guard does not let everybody wait for that.
    expect(platform.part('attendance-dapr').restarts).toBeGreaterThan(killed);
  });

  it('sends again what a FLUSHALL destroyed before anybody had read it', async () => {
    const { platform, redis, sql } = await world();
    const people = await newPeople(20);
    // Without the consumer's sidecar nobody has prefetched them: they wait in the stream, where FLUSHALL finds them.
    await platform.part('events').stop();
    await platform.part('events-dapr').stop();
    const sessions = await Promise.all(people.map(checkInPatiently));
    await eventually('everything published', async () => {
      const rows = await sql('attendance')`SELECT 1 FROM outbox WHERE published_at IS NULL LIMIT 1`;
      return rows.length === 0;
    });
    await redis(['FLUSHALL']);
    await platform.part('events-dapr').start();
    await platform.part('events').start();
    expect(
      await auditedOnce(
        'attendance.checked-in',
        sessions.map(({ id }) => id),
        180_000,
      ),
    ).toEqual([]);
  });
});
