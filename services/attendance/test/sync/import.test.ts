import { eventSchemas } from '@muster/contracts';
import { importAnswer } from '@muster/contracts/http/attendance';
import { tokenFor } from '@muster/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readLine } from '../../src/domain/sync/read-line.ts';
import { type Client, createWorld, type World } from '../harness.ts';

let world: World;
let hr: Client;
let berlin: string;
beforeAll(async () => {
  world = await createWorld({ now: '2026-11-20T12:00:00Z' });
  berlin = await world.site('Europe/Berlin');
  hr = await world.person({ role: 'hr', at: berlin });
});
afterAll(() => world.drop());

let number = 100;
const worker = async (at = berlin): Promise<Client & { workId: string }> => {
  const client = await world.person({ at });
  const workId = String(number++);
  await world.sql`update people set work_id = ${workId} where id = ${client.actor.id}`;
  return { ...client, workId };
};
async function send(
  text: string | Uint8Array,
  o: { format?: string; site?: string; who?: Client; type?: string; device?: string } = {},
) {
  const token = await tokenFor((o.who ?? hr).actor);
  const device = o.device ? `&deviceId=${o.device}` : '';
  const answer = await world.app.request(
    `/api/attendance/punches/import?format=${o.format ?? 'attlog'}&siteId=${o.site ?? berlin}${device}`,
    {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': o.type ?? 'text/plain' },
      body: text as string,
    },
  );
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies freely
  return { status: answer.status, body: (await answer.json()) as any };
}
const told = ({ results }: { results: { status: string; reason: string | null }[] }): string[] =>
  results.map(({ status, reason }) => (reason === null ? status : `${status} ${reason}`));
const facts = async (who: Client): Promise<string[]> =>
  (
    await world.sql`select type, occurred_at, source from punches where employee_id = ${who.actor.id} order by occurred_at`
  ).map(({ type, occurred_at, source }) => `${type} ${occurred_at.toISOString()} ${source}`);

describe('a line', () => {
  it.each<[string, string, string, string]>([
    // The night the clocks go back: 02:30 exists twice.
    ['0', '2026-10-25 02:30:00', 'IN', '2026-10-25T00:30:00Z'],
    ['1', '2026-10-25 02:30:00', 'OUT', '2026-10-25T01:30:00Z'],
    ['2', '2026-10-25 02:30:00', 'BREAK_START', '2026-10-25T00:30:00Z'],
    ['3', '2026-10-25 02:30:00', 'BREAK_END', '2026-10-25T01:30:00Z'],
    // The night they go forward: 02:30 does not exist.
    ['4', '2026-03-29 02:30:00', 'IN', '2026-03-29T01:30:00Z'],
    ['5', '2026-03-29 02:30:00', 'OUT', '2026-03-29T01:30:00Z'],
    ['255', '2026-07-01 08:00:00', 'IN', '2026-07-01T06:00:00Z'],
    ['', '2026-01-01 08:00', 'IN', '2026-01-01T07:00:00Z'],
    ['0', '2026-01-01T08:00:00-05:00', 'IN', '2026-01-01T13:00:00Z'],
  ])('status %j at %s', (status, time, type, at) => {
    expect(readLine([' 7 ', time, status, '1', '0'], 'attlog', 'Europe/Berlin')).toMatchObject({
      user: '7',
      type,
      atMs: Date.parse(at),
    });
  });

  it.each([
    [['', '2026-01-01 08:00:00', '0']],
    [['7', '', '0']],
    [['7', '2026-02-30 08:00:00', '0']],
    [['7', '2026-01-01 25:00:00', '0']],
    [['7', '1999-12-31 08:00:00', '0']],
    [['7', '2100-01-02 08:00:00', '0']],
    [['7', '2026-01-01 08:00:00', '9']],
    [['7', '01.01.2026 08:00', '0']],
    [['7\u0000', '2026-01-01 08:00:00', '0']],
    [['7'.repeat(61), '2026-01-01 08:00:00', '0']],
  ])('%j is none', (cells) => expect(readLine(cells, 'attlog', 'Europe/Berlin')).toBeUndefined());
});

describe('the log of a device', () => {
  it('becomes facts, sessions and one event; again it changes nothing', async () => {
    const [ann, bob] = [await worker(), await worker()];
    const text = [
      `        ${ann.workId}\t2026-11-19 08:00:00\t0\t1\t0\t0`,
      `${bob.workId}\t2026-11-19 08:05:00\t0`,
      '',
      `${ann.workId}\t2026-11-19 16:00:00\t1\t1`,
      `${ann.workId}\t2026-11-19 16:00:00\t1\t1`,
    ].join('\r\n');
    const { status, body } = await send(text);
    expect(status).toBe(200);
    expect(importAnswer.parse(body)).toEqual(body);
    expect(told(body)).toEqual(['accepted', 'accepted', 'accepted', 'duplicate']);
    expect(body.results.map(({ line }: { line: number }) => line)).toEqual([1, 2, 4, 5]);
    expect(await facts(ann)).toEqual(['IN 2026-11-19T07:00:00.000Z import', 'OUT 2026-11-19T15:00:00.000Z import']);
    expect((await ann.send('GET', '/api/attendance')).body.data[0]).toMatchObject({
      workedMinutes: 480,
      source: 'import',
    });
    expect((await bob.send('GET', '/api/attendance/today')).body).toMatchObject({ status: 'open' });
    expect(told((await send(text)).body)).toEqual(Array(4).fill('duplicate'));
    expect(await facts(ann)).toHaveLength(2);
    const rows =
      await world.sql`select payload->'data' as data from outbox where type = 'attendance.punches-imported.v1'`;
    expect(rows).toHaveLength(1);
    expect(eventSchemas['attendance.punches-imported.v1'].parse(rows[0]?.data)).toMatchObject({
      accepted: 3,
      format: 'attlog',
    });
  });

  it('says of each line what is wrong, and takes the others; a file may come again once people are known', async () => {
    const [ann, far, gone, twin, other] = [
      await worker(),
      await worker(await world.site('Europe/Lisbon')),
      await worker(),
      await worker(),
      await worker(),
    ];
    await world.sql`update people set status = 'deleted' where id = ${gone.actor.id}`;
    await world.sql`update people set work_id = ${twin.workId} where id = ${other.actor.id}`;
    const late = `later\t2026-11-19 08:00:00\t0`;
    const text = [
      `${ann.workId}\t2026-11-19 08:00:00\t0`,
      `${far.workId}\t2026-11-19 08:00:00\t0`,
      `${gone.workId}\t2026-11-19 08:00:00\t0`,
      `${twin.workId}\t2026-11-19 08:00:00\t0`,
      `${ann.workId}\t2026-11-20 14:00:00\t1`,
      'what is this',
      late,
    ].join('\n');
    const { body } = await send(text);
    expect(told(body)).toEqual([
      'accepted',
      'rejected unknown_user',
      'rejected deleted_person',
      'rejected ambiguous_user',
      'rejected in_future',
      'rejected unreadable',
      'rejected unknown_user',
    ]);
    expect(body).toMatchObject({ rows: 7, accepted: 1, rejected: 6 });
    const newcomer = await world.person({ at: berlin });
    await world.sql`update people set work_id = 'later' where id = ${newcomer.actor.id}`;
    expect(told((await send(text)).body).at(-1)).toBe('accepted');
  });

  it('of two devices of a site are two', async () => {
    const ann = await worker();
    const line = `${ann.workId}\t2026-11-19 08:00:00\t0\n`;
    await send(line, { device: '019a0000-0000-7000-8000-00000000a0a0' });
    expect(told((await send(line, { device: '019a0000-0000-7000-8000-00000000a0a1' })).body)).toEqual(['accepted']);
  });

  it('as csv has a header, and may say instants', async () => {
    const ann = await worker();
    const text = `workId,time,type\n"${ann.workId}",2026-11-19 08:00:00,in\n${ann.workId},2026-11-19T12:00:00Z,OUT\n${ann.workId},x,OUT\n`;
    expect(told((await send(text, { format: 'csv', type: 'text/csv; charset=utf-8' })).body)).toEqual([
      'accepted',
      'accepted',
      'rejected unreadable',
    ]);
    expect(await facts(ann)).toEqual(['IN 2026-11-19T07:00:00.000Z import', 'OUT 2026-11-19T12:00:00.000Z import']);
  });

  it('of thousands of lines is taken in parts', async () => {
    const people = await Promise.all(Array.from({ length: 50 }, () => worker()));
    const lines = Array.from({ length: 2500 }, (_, i) => {
      const at = new Date(Date.UTC(2026, 9, 1 + Math.floor(i / 100), i % 100 < 50 ? 8 : 16))
        .toISOString()
        .slice(0, 19)
        .replace('T', ' ');
      return `${people[i % 50]?.workId}\t${at}\t${i % 100 < 50 ? 0 : 1}`;
    });
    const { body } = await send(lines.join('\n'));
    expect(body).toMatchObject({ rows: 2500, accepted: 2500 });
    const [row] = await world.sql`
      select count(*)::int as sessions, (sum(extract(epoch from check_out_at - check_in_at)) / 3600)::int as hours
      from attendance_sessions where employee_id = any(${people.map(({ actor }) => actor.id)}::uuid[])`;
    expect(row).toEqual({ sessions: 1250, hours: 10_000 });
  });

  it('that breaks off is told at the line it does', async () => {
    const ann = await worker();
    const { status, body } = await send(`${ann.workId}\t2026-11-19 08:00:00\t0\n${'x'.repeat(5000)}`);
    expect(status).toBe(200);
    expect(told(body).at(-1)).toBe('rejected unreadable');
    expect(await facts(ann)).toHaveLength(body.accepted);
  });

  it('is hr’s to import, as text, for a site that is there', async () => {
    const ann = await worker();
    expect((await send('', { who: ann })).status).toBe(403);
    expect((await send('', { type: 'application/json' })).status).toBe(415);
    expect((await send('', { site: '019a0000-0000-7000-8000-00000000a0a0' })).status).toBe(404);
    expect((await send('', { format: 'xls' })).status).toBe(400);
    expect(await send('')).toMatchObject({ status: 200, body: { rows: 0, results: [] } });
  });
});
