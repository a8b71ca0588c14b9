import { unnamedColumns } from '@muster/db';
import { requestJson } from '@muster/testing';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { personalTables } from '../src/sql/personal-data.ts';
import { projectPerson } from '../src/verbs/project-person.ts';
import { appApiToken, checkIn, checkOut, createWorld, defaultSite, type World } from './harness.ts';

let w: World;
beforeAll(async () => {
  w = await createWorld();
});
afterAll(() => w.drop());

const headers = { 'dapr-api-token': appApiToken };
const inner = (method: string, id: string, query = '') =>
  requestJson(w.app, method, `/internal/personal-data/${id}${query}`, { headers });
const markers = ['Marker', 'marker-note', '52.5', 'PLANTED-key', '203.0.113.7', 'marker-agent'];

async function worker() {
  const client = await w.person({ at: defaultSite, department: 'Marker department' });
  await w.sql`update people set name = 'Marker Person' where id = ${client.actor.id}`;
  const body = { notes: 'marker-note', latitude: 52.5, longitude: 13.4, accuracyM: 5 };
  await checkIn(client, { body, headers: { 'idempotency-key': 'PLANTED-key' } });
  w.clock.advance({ hours: 8 });
  await checkOut(client, { body });
  await w.sql`
    update outbox set payload = jsonb_set(payload::jsonb, '{data,actor}',
      ${JSON.stringify({ id: client.actor.id, name: 'Marker Person', role: 'employee', ip: '203.0.113.7', userAgent: 'marker-agent' })}::text::jsonb)::json
    where payload->'data'->>'employeeId' = ${client.actor.id}
  `;
  return client;
}
const everything = async (id: string): Promise<string> => {
  const rows = await Promise.all([
    w.sql`select t::text from punches t where employee_id = ${id}`,
    w.sql`select t::text from people t where id = ${id}`,
    w.sql`select t::text from outbox t where payload::text like ${`%${id}%`}`,
  ]);
  return JSON.stringify(rows);
};
const totals = (id: string) =>
  w.sql`
    select date, extract(epoch from check_out_at - check_in_at) as worked from attendance_sessions
    where employee_id = ${id} order by id
  `;

it('every table and column is either told, withheld or none about people', async () => {
  expect(await unnamedColumns(w.sql, personalTables)).toEqual([]);
});

describe('an export', () => {
  it('tells all of a history, page by page, and no secret', async () => {
    const { actor } = await worker();
    await w.sql`
      insert into punches (id, employee_id, attendance_id, site_id, occurred_at, received_at, local_date, utc_offset_minutes,
        type, source, zone)
      select uuidv7(), ${actor.id}, uuidv7(), ${defaultSite}, now() - n * interval '1 minute', now(), current_date, 0, 'IN', 'web',
        'UTC' from generate_series(1, 1200) n
    `;
    const punches = new Set<unknown>();
    let text = '';
    let query = '';
    let calls = 0;
    do {
      const { body } = await inner('GET', actor.id, query);
      for (const { table, row } of body.rows) if (table === 'punches') punches.add(row.id);
      expect(body.rows.length).toBeLessThanOrEqual(500);
      text += JSON.stringify(body.rows);
      query = body.next === null ? '' : `?cursor=${body.next}`;
      calls += 1;
    } while (query !== '');
    expect(punches.size).toBe(1202);
    expect(calls).toBeGreaterThan(3);
    for (const told of ['Marker Person', 'marker-note', '52.5', 'Marker department']) expect(text).toContain(told);
    expect(text).not.toContain('PLANTED');
  });
});

describe('an erasure', () => {
  it('keeps the times of work and blanks the rest, others untouched', async () => {
    const [client, other] = [await worker(), await worker()];
    const { id } = client.actor;
    const [before, ofOther] = [await totals(id), await everything(other.actor.id)];
    const text = await everything(id);
    for (const marker of markers) expect(text).toContain(marker);
    expect((await inner('DELETE', id)).body).toEqual({ done: true });
    expect((await inner('DELETE', id)).body).toEqual({ done: true });
    const after = await everything(id);
    for (const marker of markers) expect(after).not.toContain(marker);
    expect(await totals(id)).toEqual(before);
    expect(before).toHaveLength(1);
    expect(await everything(other.actor.id)).toBe(ofOther);
  });

  it('a token that still lives clocks nobody in', async () => {
    const client = await w.person({ at: defaultSite });
    await inner('DELETE', client.actor.id);
    expect((await checkIn(client)).status).toBe(403);
  });

  it('late and swapped events bring no name back, nor to somebody never seen here', async () => {
    const known = (await worker()).actor.id;
    const unknown = v7();
    for (const employeeId of [known, unknown]) {
      await inner('DELETE', employeeId);
      const after = {
        email: 'm@example.org',
        name: 'Marker Person',
        role: 'employee' as const,
        position: null,
        workId: null,
        department: null,
        siteId: defaultSite,
        managerId: null,
        hiredOn: null,
        status: 'active' as const,
      };
      await projectPerson(w.sql, { id: v7(), version: 99, employeeId, after, occurredAt: '2026-11-20T09:00:00Z' });
      const [row] = await w.sql`select name, status, department from people where id = ${employeeId}`;
      expect(row).toEqual({ name: 'Erased person', status: 'deleted', department: null });
    }
  });

  it('answers only to the sidecar', async () => {
    for (const method of ['GET', 'DELETE'])
      expect((await requestJson(w.app, method, `/internal/personal-data/${v7()}`)).status).toBe(403);
  });
});
