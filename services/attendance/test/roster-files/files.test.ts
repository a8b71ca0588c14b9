import fc from 'fast-check';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, createWorld, type World } from '../harness.ts';
import { assign, eventsOf, onLeave, publish, rosterOf, shiftType } from '../rosters/fixture.ts';

let w: World;
let site: string;
let hr: Client;
let [early, late, night] = ['', '', ''];
beforeAll(async () => {
  w = await createWorld({ now: '2026-03-20T09:00:00Z' });
  site = await w.site('Europe/Berlin');
  hr = await w.person({ role: 'hr' });
  early = await shiftType(w.sql, { name: 'Early', start: '06:00', end: '14:00' });
  // What a spreadsheet would run, and what CSV has to quote.
  late = await shiftType(w.sql, { name: '=late, "long"', start: '14:00', end: '22:00' });
  night = await shiftType(w.sql, { name: 'Nacht', start: '22:00', end: '06:00' });
});
afterAll(() => w.drop());

const heading = 'employeeId,workId,name,date,shift,action\r\n';
const headers = { 'content-type': 'text/csv' };
const load = (raw: string | Uint8Array<ArrayBuffer>, who = hr, query = '') =>
  who.send('POST', `/api/rosters/import${query}`, { raw, headers });
const save = async (query: string, who = hr) => {
  const answer = await who.send('GET', `/api/rosters/export?${query}`);
  return { ...answer, body: answer.body as string };
};
const rows = (lines: string[]) => `${heading}${lines.join('\r\n')}\r\n`;
const roster = ({ actor }: Client) => rosterOf(w.sql, actor.id, '2026-03-01', '2026-04-30');
const reasons = (body: { rows: { line: number; result: string; reason: string | null }[] }) =>
  body.rows.map(({ line, result, reason }) => [line, result, reason]);
async function worker(workId?: string) {
  const client = await w.person({ at: site });
  if (workId !== undefined) await w.sql`update people set work_id = ${workId} where id = ${client.actor.id}`;
  return client;
}

describe('an import', () => {
  it('by id and by work id publishes, queues days, and tells each row and everybody concerned', async () => {
    const [ann, bob] = [await worker('W-1'), await worker('W-2')];
    await publish(w.sql, bob.actor.id, '2026-03-30', [early]);
    await w.sql`delete from day_queue`;
    const { status, body } = await load(
      rows([`${ann.actor.id},,Whoever,2026-03-21,EARLY,work`, `,W-2,,2026-03-30,,off`, `,W-2,,2026-03-31,nacht,`]),
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({ applied: true, dryRun: false, changed: 3, unchanged: 0, refused: 0 });
    expect(body.rows[2]).toEqual({
      ...{ line: 4, result: 'changed', employeeId: bob.actor.id, date: '2026-03-31', reason: null, warning: null },
    });
    expect(await roster(ann)).toEqual([`2026-03-21 ${early}`]);
    expect(await roster(bob)).toEqual([`2026-03-31 ${night}`]);
    const [event] = (await eventsOf(w.sql, 'attendance.roster-imported%')).filter(({ data }) =>
      (data.employeeIds as string[]).includes(ann.actor.id),
    );
    expect(event?.data).toMatchObject({ from: '2026-03-21', to: '2026-03-31', rows: 3 });
    expect(event?.data.employeeIds).toEqual([ann.actor.id, bob.actor.id].sort());
    const queued = await w.sql`select employee_id as id from day_queue`;
    expect(new Set(queued.map(({ id }) => id))).toContain(ann.actor.id);
    const [day] = await w.sql`select origin, zone from roster_days where employee_id = ${ann.actor.id}`;
    expect(day).toEqual({ origin: 'IMPORT', zone: 'Europe/Berlin' });
  });

  it('over leave of a whole day is taken over, and says so; half a day, a day off and leave nobody approved are no matter', async () => {
    const ann = await worker('W-away');
    for (const date of ['2026-04-01', '2026-04-02', '2026-04-06'])
      await onLeave(w.sql, ann.actor.id, date, true, [1, 2]);
    await onLeave(w.sql, ann.actor.id, '2026-04-03');
    await onLeave(w.sql, ann.actor.id, '2026-04-04', false, [1, 2]);
    await publish(w.sql, ann.actor.id, '2026-04-06', [early]);
    const file = rows([
      ...['01', '03', '04'].map((day) => `,W-away,,2026-04-${day},Early,work`),
      ',W-away,,2026-04-02,,off',
      ',W-away,,2026-04-06,Early,work',
      ',W-none,,2026-04-01,Early,work',
    ]);
    const warnings = (body: { rows: { line: number; warning: string | null }[] }) =>
      body.rows.flatMap(({ line, warning }) => (warning === null ? [] : [[line, warning]]));
    const words = 'the person is on leave on that date';
    const refused = await load(file, hr, '?dryRun=true');
    expect(refused.body).toMatchObject({ applied: false, refused: 1, warned: 2 });
    expect(warnings(refused.body)).toEqual([
      [2, words],
      [6, words],
    ]);
    const taken = await load(file.replace(/,W-none.*\r\n/, ''));
    expect(taken.body).toMatchObject({ applied: true, changed: 3, unchanged: 2, refused: 0, warned: 2 });
    expect(await roster(ann)).toContain(`2026-04-01 ${early}`);
  });

  it('with one bad row changes nothing, and says of each row what it is', async () => {
    const ann = await worker('W-10');
    await publish(w.sql, ann.actor.id, '2026-04-02', [early]);
    const before = await w.sql`select count(*)::int as n from outbox`;
    const { status, body } = await load(
      rows([
        ',W-10,,2026-04-01,Early,work',
        ',W-10,,2026-04-02,Early,work',
        ',W-none,,2026-04-01,Early,work',
        ',W-10,,2026-04-03,Noon,work',
        `${v7()},W-10,,2026-04-03,Early,work`,
        ',W-10,,soon,Early,work',
      ]),
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({ applied: false, changed: 1, unchanged: 1, refused: 4 });
    const nobody = 'there is nobody of this id for you to plan for';
    expect(reasons(body)).toEqual([
      [2, 'changed', null],
      [3, 'unchanged', null],
      [4, 'refused', nobody],
      [5, 'refused', 'there is no shift type of this name'],
      [6, 'refused', nobody],
      [7, 'refused', 'date must be a date like 2026-03-29'],
    ]);
    expect(await roster(ann)).toEqual([`2026-04-02 ${early}`]);
    expect(await w.sql`select count(*)::int as n from outbox`).toEqual(before);
  });

  it('whose two ids are of two people, or whose work id two people have, is nobody’s', async () => {
    const [ann] = [await worker('W-30'), await worker('W-31'), await worker('W-31')];
    const { body } = await load(
      rows([`${ann.actor.id},W-31,,2026-04-01,Early,`, `,W-31,,2026-04-01,Early,`, `,W-30,,2026-04-01,Early,`]),
    );
    expect(body.rows.map(({ result }: { result: string }) => result)).toEqual(['refused', 'refused', 'changed']);
  });

  it('dry says the same and changes nothing', async () => {
    const ann = await worker();
    const file = rows([`${ann.actor.id},,,2026-04-01,Early,work`]);
    expect((await load(file, hr, '?dryRun=true')).body).toMatchObject({ applied: false, dryRun: true, changed: 1 });
    expect(await roster(ann)).toEqual([]);
    expect((await load(file)).body).toMatchObject({ applied: true, changed: 1 });
    expect((await load(file)).body).toMatchObject({ applied: true, changed: 0, unchanged: 1 });
  });

  it('refuses shifts at the same time, also with a night that is planned already', async () => {
    const ann = await worker();
    const long = 'Long night';
    await shiftType(w.sql, { name: long, start: '23:00', end: '07:00' });
    await publish(w.sql, ann.actor.id, '2026-03-29', [early]);
    const { body } = await load(rows([`${ann.actor.id},,,2026-03-28,${long},work`]));
    expect(reasons(body)).toEqual([[2, 'refused', 'would be at the same time as a shift of 2026-03-29']]);
  });

  it.each([
    ['nothing', ''],
    ['a heading only', heading],
    ['another heading', 'who,when\r\n1,2\r\n'],
    ['a quote that never ends', `${heading},W-1,,2026-03-21,"Early\r\n`],
    ['NUL', `${heading},W-1,,2026-03-21,Ear\u0000ly,\r\n`],
  ])('%s is no roster: 400', async (_, file) => {
    const { status, body } = await load(file);
    expect([status, body.code, body.errors[0].field]).toEqual([400, 'invalid_input', 'file']);
  });

  it('no UTF-8, another content type, too many rows', async () => {
    const ann = await worker();
    const latin1 = Buffer.from(rows([`${ann.actor.id},,J\u00fcrgen,2026-04-01,Early,work`]), 'latin1');
    expect((await load(new Uint8Array(latin1))).body.errors[0].message).toBe('is not UTF-8');
    expect((await hr.send('POST', '/api/rosters/import', { body: {} })).status).toBe(415);
    expect((await load(`date,shift,workId\n${'2026-03-21,,W\n'.repeat(50_001)}`)).body.errors[0].message).toBe(
      'it has more than 50000 rows',
    );
    expect((await load('x'.repeat(12 * 1024 * 1024 + 1))).status).toBe(413);
  });

  it('line ends of every system, a byte order mark, empty lines, columns in any order', async () => {
    const ann = await worker('W-20');
    for (const [end, date] of [
      ['\n', '2026-04-01'],
      ['\r\n', '2026-04-02'],
      ['\r', '2026-04-03'],
    ]) {
      const file = `\uFEFFshift,date,workId${end}${end}Early,${date},W-20${end}`;
      expect((await load(file)).body).toMatchObject({ applied: true, changed: 1 });
    }
    expect(await roster(ann)).toHaveLength(3);
  });

  it('by a manager reaches the people below, and nobody else exists; an employee may not', async () => {
    const boss = await w.person({ role: 'manager', at: site });
    const ann = await w.person({ at: site, managerId: boss.actor.id });
    const other = await worker();
    const row = (who: Client) => rows([`${who.actor.id},,,2026-04-10,Early,work`]);
    expect((await load(row(ann), boss)).body.applied).toBe(true);
    expect(reasons((await load(row(other), boss)).body)).toEqual([
      [2, 'refused', 'there is nobody of this id for you to plan for'],
    ]);
    expect((await load(row(ann), ann)).status).toBe(403);
    expect((await load(row(ann), await w.kiosk(site))).status).toBe(403);
  });

  it('twice at once, and beside a swap: what is there in the end is one of them, whole', async () => {
    const ann = await worker();
    const dates = ['2026-04-11', '2026-04-12', '2026-04-13'];
    const file = (shift: string) => rows(dates.map((date) => `${ann.actor.id},,,${date},${shift},work`));
    const answers = await Promise.all(Array.from({ length: 10 }, (_, i) => load(file(i % 2 ? 'Early' : 'Nacht'))));
    for (const { status } of answers) expect(status).toBeOneOf([200, 409]);
    const shifts = new Set((await roster(ann)).map((line) => line.split(' ')[1]));
    expect([await roster(ann)].flat()).toHaveLength(3);
    expect(shifts.size).toBe(1);
  });
});

describe('an export', () => {
  it('is CSV with a line for each date of whoever has a shift, in order, no formula in it', async () => {
    const here = await w.site('Europe/Berlin');
    const ann = await w.person({ at: here, department: 'Hall' });
    await w.person({ at: here });
    await w.sql`update people set work_id = '+1', name = '@nn' where id = ${ann.actor.id}`;
    await publish(w.sql, ann.actor.id, '2026-03-28', [early, late]);
    const { status, body, headers: answered } = await save(`siteId=${here}&from=2026-03-28&to=2026-03-29`);
    expect([status, answered.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
    expect(answered.get('content-disposition')).toBe('attachment; filename="roster-2026-03-28-2026-03-29.csv"');
    const who = `${ann.actor.id},'+1,'@nn`;
    expect(body).toBe(
      rows([`${who},2026-03-28,Early,work`, `${who},2026-03-28,"'=late, ""long""",work`, `${who},2026-03-29,,off`]),
    );
    expect((await save(`department=hall&from=2026-03-28&to=2026-03-28`)).body).toContain(ann.actor.id);
    expect((await save(`department=none&from=2026-03-28&to=2026-03-28`)).body).toBe(heading);
    expect((await save('from=2026-03-28&to=2026-03-27')).status).toBe(400);
    expect((await save('from=2026-03-28&to=2028-03-28')).status).toBe(400);
  });

  it('shows whom one may see: all, the people below, oneself', async () => {
    const boss = await w.person({ role: 'manager', at: site });
    const ann = await w.person({ at: site, managerId: boss.actor.id });
    const other = await worker();
    for (const who of [ann, other]) await publish(w.sql, who.actor.id, '2026-04-20', [early]);
    const seen = async (who: Client, more = '') => {
      const { body } = await save(`from=2026-04-20&to=2026-04-20${more}`, who);
      return [ann, other].map(({ actor }) => body.includes(actor.id));
    };
    expect(await seen(hr)).toEqual([true, true]);
    expect(await seen(boss)).toEqual([true, false]);
    expect(await seen(ann)).toEqual([true, false]);
    expect(await seen(ann, `&employeeId=${other.actor.id}`)).toEqual([false, false]);
    expect(await seen(hr, `&employeeId=${other.actor.id}`)).toEqual([false, true]);
    expect((await save('from=2026-04-20&to=2026-04-20', await w.kiosk(site))).status).toBe(403);
  });

  it('reads back as the same roster: of what is there nothing changes, and what was taken away comes back', async () => {
    const here = await w.site('Europe/Berlin');
    const people = [await w.person({ at: here }), await w.person({ at: here }), await w.person({ at: here })];
    const cell = fc.subarray(['Early', 'late', 'Nacht']);
    const plan = fc.array(fc.array(cell, { minLength: 7, maxLength: 7 }), { minLength: 3, maxLength: 3 });
    const ids: Record<string, string> = { Early: early, late, Nacht: night };
    const dates = [1, 2, 3, 4, 5, 6, 7].map((n) => `2026-04-0${n}`);
    // One of them works by assignment where nothing is published.
    await assign(w.sql, people[2]?.actor.id ?? '', early, '2026-04-01');
    const span = `siteId=${here}&from=2026-04-01&to=2026-04-07`;
    const rosters = () => Promise.all(people.map((who) => rosterOf(w.sql, who.actor.id, '2026-04-01', '2026-04-07')));
    await fc.assert(
      fc.asyncProperty(plan, plan, async (first, second) => {
        const put = async (cells: string[][][]) => {
          for (const [p, person] of people.entries())
            for (const [d, date] of dates.entries())
              await publish(
                w.sql,
                person.actor.id,
                date,
                (cells[p]?.[d] ?? []).map((name) => ids[name] ?? ''),
              );
        };
        await put(first);
        const [before, file] = [await rosters(), (await save(span)).body];
        if (file !== heading) {
          const again = await load(file);
          expect(again.body).toMatchObject({ applied: true, changed: 0, refused: 0 });
        }
        expect(await rosters()).toEqual(before);
        await put(second);
        if (file !== heading) expect((await load(file)).body.applied).toBe(true);
        // Who had no shift at all is not in the file, and keeps what they have.
        const after = await rosters();
        for (const [p, one] of before.entries())
          if (one.length > 0) expect(after[p]?.toSorted()).toEqual(one.toSorted());
      }),
      { numRuns: 15 },
    );
  });
});
