import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { auditedOnce, deadLetters } from '../src/audit.ts';
import { checkInPatiently, newPeople } from '../src/people.ts';
import { world } from '../src/world.ts';

const OUTAGE_MS = 60_000;

describe('events away', () => {
  it('dead-letters nothing in an outage of 60 seconds', async () => {
    const { platform } = await world();
    const before = await deadLetters('events');
    const people = await newPeople(100);
    await platform.part('events').stop();
    const stopped = Date.now();
    const sessions = await Promise.all(people.map(checkInPatiently));
    await sleep(OUTAGE_MS - (Date.now() - stopped));
    await platform.part('events').start();
    expect(
      await auditedOnce(
        'attendance.checked-in',
        sessions.map(({ id }) => id),
      ),
    ).toEqual([]);
    expect(await deadLetters('events')).toEqual(before);
  });

  it('audits each of 500 check-ins exactly once when it is killed in their middle', async () => {
    const { platform } = await world();
    const people = await newPeople(500);
    let done = 0;
    const sessions = await Promise.all(
      people.map(async (person) => {
        const session = await checkInPatiently(person);
        done += 1;
        if (done === 200) await platform.part('events').kill9();
        return session;
      }),
    );
    expect(
      await auditedOnce(
        'attendance.checked-in',
        sessions.map(({ id }) => id),
      ),
    ).toEqual([]);
  });
});
