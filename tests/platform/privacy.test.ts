import { expectStatus } from '@muster/demo';
import { strFromU8, unzipSync } from 'fflate';
import sharp from 'sharp';
import { v7 as uuid } from 'uuid';
import { expect, it } from 'vitest';
import { eventually } from '../src/eventually.ts';
import { columnsHolding } from '../src/grep-databases.ts';
import { newPerson, type Person } from '../src/people.ts';
import { world } from '../src/world.ts';

const tag = uuid().slice(-8);
const agent = `marker-agent-${tag}`;
const marked = {
  email: `marker-${tag}@tests.muster.example`,
  password: 'A-good-password-1',
  name: `Marker${tag} Lovelace`,
  phone: '+49 4711 081547',
  workId: `M-${tag}`,
  workLocation: `Place ${tag}`,
  position: `Job ${tag}`,
};
const note = `note-${tag}`;
const ip = '203.0.113.241';
const latitude = 52.517036;
// The address as it is hinted at after a wrong password, too.
const markers = [
  `marker${tag}`,
  `marker-${tag}`,
  agent,
  '081547',
  marked.workId,
  marked.workLocation,
  marked.position,
  note,
  ip,
  '52.517036',
];

interface Progress {
  id: string;
  status: string;
  services: { service: string; doneAt: string | null }[];
}

/** Registers and leaves traces in every service, with everything that tells who it is marked. */
async function personWithHistory(): Promise<Person> {
  const { api, sql } = await world();
  const headers = { 'user-agent': agent };
  const session = expectStatus(
    await api.call<{ user: { id: string }; accessToken: string; refreshToken: string }>('POST', '/api/auth/register', {
      body: marked,
      headers,
      patience: 50,
    }),
    201,
  );
  const { id } = session.user;
  const token = session.accessToken;
  const wrong = { email: marked.email, password: 'not-the-password' };
  expect((await api.call('POST', '/api/auth/login', { body: wrong, headers, patience: 20 })).status).toBe(401);
  await eventually('the profile', async () => {
    const body = { phone: `${marked.phone} 1` };
    return (await api.call('PATCH', '/api/profile', { token, body, headers })).status === 200;
  });
  const photo = await sharp({ create: { width: 40, height: 40, channels: 3, background: '#a00' } })
    .jpeg()
    .toBuffer();
  const type = { ...headers, 'content-type': 'image/jpeg' };
  expectStatus(await api.call('PUT', '/api/profile/photo', { token, body: photo, headers: type }), 200);
  const punch = { token, headers, body: { notes: note, latitude, longitude: 13.388859 } };
  expectStatus(await api.call('POST', '/api/attendance/check-in', punch), 201);
  expectStatus(await api.call('POST', '/api/attendance/check-out', punch), 201);
  await sql('auth')`update sessions set ip = ${ip} where user_id = ${id}`;
  await eventually('the audit log has it all', async () => {
    const [row] = await sql('events')<{ n: number }[]>`
      select count(distinct event_type)::int as n from audit_entries where user_id = ${id}`;
    return (row?.n ?? 0) >= 6;
  });
  return { id, token, email: marked.email, password: marked.password, refreshToken: session.refreshToken };
}

async function archiveOf(person: Person): Promise<Record<string, string>> {
  const { api } = await world();
  const asked = await api.call<{ id: string }>('POST', '/api/privacy/exports', { token: person.token, body: {} });
  const { id } = expectStatus(asked, 202);
  await eventually('the archive', async () => {
    const { body } = await api.call<{ status: string }>('GET', `/api/privacy/exports/${id}`, { token: person.token });
    return body.status === 'ready';
  });
  const answer = await fetch(`${api.origin}/api/privacy/exports/${id}/archive`, {
    headers: { authorization: `Bearer ${person.token}` },
  });
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
  const files = unzipSync(new Uint8Array(await answer.arrayBuffer()));
  return Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, strFromU8(bytes, true)]));
}

/** What four services hold of somebody, without what moves by itself. */
async function rowsOf(id: string): Promise<string> {
  const { sql } = await world();
  return JSON.stringify([
    await sql('auth')`select t::text from users t where id = ${id}`,
    await sql('employee')`select t::text from people t where id = ${id}`,
    await sql('attendance')`select t::text from people t where id = ${id}`,
    await sql('attendance')`select t::text from punches t where employee_id = ${id} order by id`,
    await sql('events')`select t::text from audit_entries t where user_id = ${id} order by seq`,
  ]);
}

/** Hands events to a service's outbox, as if they had been on their way all the while; gone again once they have arrived. */
async function publishLate(
  service: 'auth' | 'employee',
  type: string,
  subject: string,
  data: object,
  inboxes: string[],
) {
  const { sql, platform } = await world();
  const id = uuid();
  const time = new Date().toISOString();
  const actor = { id: subject, name: marked.name, role: 'employee', ip, userAgent: agent };
  const common = { specversion: '1.0', id, source: `muster/${service}`, type, subject, time };
  const payload = { ...common, datacontenttype: 'application/json', data: { id, occurredAt: time, actor, ...data } };
  await sql(service)`
    insert into outbox (id, topic, type, subject, payload)
    values (${id}, ${service}, ${type}, ${subject}, ${JSON.stringify(payload)}::text::json)`;
  expect(platform.part(service).state).toBe('ready');
  for (const inbox of inboxes) {
    await eventually(`${type} at ${inbox}`, async () => {
      const rows = await sql(inbox)`select 1 from inbox where event_id = ${id}`;
      return rows.length > 0;
    });
  }
  await sql(service)`delete from outbox where id = ${id}`;
}

it('a person with a history everywhere: all of it in one archive; after an erasure nothing of them, and every total and the audit chain as before', async () => {
  const { api, adminToken, sql } = await world();
  const admin = { token: adminToken() };
  const bystander = await newPerson();
  const person = await personWithHistory();
  await eventually('the bystander is there', async () => {
    return (await api.call('GET', `/api/employees/${bystander.id}`, admin)).status === 200;
  });
  expectStatus(await api.call('POST', '/api/attendance/check-in', { token: bystander.token, body: {} }), 201);
  await eventually('the bystander is audited', async () => {
    const rows = await sql('events')`
      select 1 from audit_entries where user_id = ${bystander.id} and event_type = 'attendance.checked-in'`;
    return rows.length > 0;
  });
  const ofBystander = await rowsOf(bystander.id);

  const files = await archiveOf(person);
  const whole = Object.values(files).join('\n');
  for (const marker of [marked.name, agent, '081547', marked.workId, note, ip, '52.517036'])
    expect(whole).toContain(marker);
  for (const name of ['auth/users', 'auth/sessions', 'employee/people', 'attendance/punches', 'events/audit_entries'])
    expect(files[`${name}.jsonl`]).toContain(person.id);
  expect(files['employee/photo.jpg']?.startsWith('\xff\xd8')).toBe(true);
  expect(whole).not.toMatch(/\$2[aby]\$|password_hash|successor|secret_sealed/);
  expect(whole).not.toContain(bystander.email);

  expect((await columnsHolding(markers)).length).toBeGreaterThan(10);
  const summary = () => api.call('GET', `/api/attendance/summary?employeeId=${person.id}`, { token: adminToken() });
  const totals = (await summary()).body;
  expect(totals).toMatchObject({ sessions: 1, daysPresent: 1 });
  const sessions = await sql('attendance')`select * from attendance_sessions where employee_id = ${person.id}`;

  const asked = await api.call<Progress>('POST', '/api/privacy/erasures', {
    ...admin,
    body: { employeeId: person.id },
  });
  const { id } = expectStatus(asked, 202);
  const done = await eventually('the erasure', async () => {
    const { body } = await api.call<Progress>('GET', `/api/privacy/erasures/${id}`, { token: adminToken() });
    return body.status === 'done' ? body : undefined;
  });
  expect(done.services.map(({ service, doneAt }) => [service, doneAt !== null])).toEqual(
    ['attendance', 'auth', 'employee', 'events'].map((service) => [service, true]),
  );

  const snapshot = {
    email: marked.email,
    name: marked.name,
    role: 'employee',
    position: marked.position,
    workId: marked.workId,
  };
  const late = { ...snapshot, department: null, siteId: uuid(), managerId: null, hiredOn: null, status: 'active' };
  const changed = { employeeId: person.id, version: 999, before: late, after: late, changedFields: ['name'] };
  await publishLate('employee', 'employee.employee-updated.v1', person.id, changed, ['auth', 'attendance', 'events']);
  const again = { userId: person.id, version: 1, after: { ...snapshot, phone: marked.phone } };
  await publishLate('auth', 'auth.user-registered.v1', person.id, again, ['employee', 'events']);

  expect(await columnsHolding(markers)).toEqual([]);
  expect((await summary()).body).toEqual(totals);
  expect(await sql('attendance')`select * from attendance_sessions where employee_id = ${person.id}`).toEqual(sessions);
  const verdict = await api.call<{ ok: boolean; erased: number }>('GET', '/api/audit-logs/verify', {
    token: adminToken(),
  });
  expect(verdict.body).toMatchObject({ ok: true });
  expect(verdict.body.erased).toBeGreaterThanOrEqual(6);
  expect(await rowsOf(bystander.id)).toBe(ofBystander);

  expect((await api.call('GET', '/api/auth/profile', { token: person.token })).status).toBe(401);
  const login = { body: { email: marked.email, password: marked.password }, patience: 20 };
  expect((await api.call('POST', '/api/auth/login', login)).status).toBe(401);
});
