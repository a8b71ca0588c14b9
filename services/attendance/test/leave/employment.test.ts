import type { PersonSnapshot } from '@muster/contracts';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { employmentSource } from '../../src/sources/employment-source.ts';
import { fillEmployment } from '../../src/verbs/leave/fill-employment.ts';
import { projectPerson } from '../../src/verbs/project-person.ts';
import { recomputeDays } from '../../src/verbs/recompute-days.ts';
import { checkIn, checkOut, createWorld, type World } from '../harness.ts';

let w: World;
let site: string;
beforeAll(async () => {
  w = await createWorld({ now: '2026-05-04T07:00:00Z' });
  site = await w.site('Pacific/Apia');
});
afterAll(() => w.drop());

const snapshot = (o: Partial<PersonSnapshot> = {}): PersonSnapshot => ({
  email: 'a@example.test',
  name: 'Ann',
  role: 'employee',
  position: null,
  workId: null,
  department: null,
  siteId: site,
  managerId: null,
  hiredOn: null,
  status: 'active',
  ...o,
});
const tell = (employeeId: string, version: number, after: PersonSnapshot, occurredAt = '2026-05-04T12:00:00.000Z') =>
  projectPerson(w.sql, { id: v7(), version, employeeId, after, occurredAt });
const bounds = async (employeeId: string) =>
  (await employmentSource(w.sql, [{ employeeId, from: '2026-01-01', to: '2026-12-31' }], 0)).get(employeeId);
const drain = async (): Promise<void> => {
  while ((await recomputeDays(w.deps)) > 0);
};

describe('employment', () => {
  it('begins when somebody was hired, and ends on the site’s day of their deletion until they are restored', async () => {
    const id = v7();
    await tell(id, 1, snapshot({ hiredOn: '2026-05-05' }));
    expect(await bounds(id)).toEqual({ joinedOn: '2026-05-05', leftOn: null });
    // Noon in UTC is the next day in Apia.
    await tell(id, 3, snapshot({ hiredOn: '2026-05-05', status: 'deleted' }));
    expect(await bounds(id)).toEqual({ joinedOn: '2026-05-05', leftOn: '2026-05-05' });
    // Late news changes nothing.
    await tell(id, 2, snapshot({ hiredOn: '2026-04-01' }));
    expect(await bounds(id)).toEqual({ joinedOn: '2026-05-05', leftOn: '2026-05-05' });
    await tell(id, 4, snapshot({ hiredOn: '2026-05-06' }));
    expect(await bounds(id)).toEqual({ joinedOn: '2026-05-06', leftOn: null });
    expect(await bounds(v7())).toBeUndefined();
  });

  it('an erased person’s snapshot is no date', async () => {
    const id = v7();
    await tell(id, 1, snapshot({ hiredOn: 'erased' }));
    expect(await bounds(id)).toEqual({ joinedOn: null, leftOn: null });
  });

  it('bounds the days: a change of it derives those that are stored again', async () => {
    const client = await w.person({ at: site });
    const { id } = client.actor;
    await checkIn(client);
    w.clock.advance({ hours: 8 });
    await checkOut(client);
    w.clock.advance({ hours: 48 });
    await drain();
    const flags = async () => {
      await drain();
      const [row] = await w.sql`select date, flags from attendance_days where employee_id = ${id}`;
      return [row?.date, row?.flags.includes('OUTSIDE_EMPLOYMENT')];
    };
    expect(await flags()).toEqual(['2026-05-04', false]);
    await tell(id, 2, snapshot({ hiredOn: '2026-05-05' }));
    expect(await flags()).toEqual(['2026-05-04', true]);
    await tell(id, 3, snapshot({ hiredOn: '2026-05-04' }));
    expect(await flags()).toEqual(['2026-05-04', false]);
    await tell(id, 4, snapshot({ hiredOn: '2026-05-04', status: 'deleted' }), '2026-05-03T08:00:00.000Z');
    expect(await flags()).toEqual(['2026-05-04', true]);
    await tell(id, 5, snapshot({ hiredOn: '2026-05-04' }));
    expect(await flags()).toEqual(['2026-05-04', false]);
  });

  it('somebody new, and a change of a name, queue nothing; a change of dates queues what may wait around it', async () => {
    const id = v7();
    await tell(id, 1, snapshot({ hiredOn: '1990-01-01' }));
    await tell(id, 2, snapshot({ hiredOn: '1990-01-01', name: 'Anna' }));
    const queued = () => w.sql`select from_date, to_date from day_queue where employee_id = ${id}`;
    expect(await queued()).toEqual([]);
    // Long ago nothing is left to be planned.
    await tell(id, 3, snapshot({ hiredOn: '1991-01-01' }));
    expect(await queued()).toEqual([]);
    const today = Temporal.Now.plainDateISO('UTC');
    await tell(id, 4, snapshot({ hiredOn: today.toString() }));
    expect(await queued()).toEqual([
      { from_date: today.subtract({ days: 92 }).toString(), to_date: today.add({ days: 92 }).toString() },
    ]);
  });

  it('of people projected before is asked for once, page by page; an event that comes meanwhile knows better', async () => {
    await w.sql`update people set employment_known = true`;
    const people = await Promise.all(Array.from({ length: 5 }, () => w.person({ at: site })));
    const [ann, bob, cleo] = people.map(({ actor }) => actor.id) as [string, string, string];
    const asked: string[][] = [];
    const ask = async (ids: string[]) => {
      asked.push(ids);
      // Cleo's own event arrives while the answer is on its way; nobody knows the others but two.
      if (ids.includes(cleo)) await tell(cleo, 7, snapshot({ hiredOn: '2026-03-03' }));
      const all = [
        { id: ann, hiredOn: '2026-01-01', deletedAt: null, workId: 'W-1' },
        { id: bob, hiredOn: null, deletedAt: '2026-05-05T08:00:00.000Z', workId: null },
        { id: cleo, hiredOn: '2020-01-01', deletedAt: null, workId: null },
      ];
      return { data: all.filter(({ id }) => ids.includes(id)) };
    };
    expect(await fillEmployment(w.deps, ask, 2)).toBe(5);
    expect(await fillEmployment(w.deps, ask, 2)).toBe(0);
    expect(asked.flat().sort()).toEqual(people.map(({ actor }) => actor.id).sort());
    expect(await bounds(ann)).toEqual({ joinedOn: '2026-01-01', leftOn: null });
    expect(await bounds(bob)).toEqual({ joinedOn: null, leftOn: '2026-05-05' });
    expect(await bounds(cleo)).toEqual({ joinedOn: '2026-03-03', leftOn: null });
    const [row] = await w.sql`select work_id from people where id = ${ann}`;
    expect(row?.work_id).toBe('W-1');
  });
});
