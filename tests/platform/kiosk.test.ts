import { expectStatus } from '@muster/demo';
import { v7 as uuid } from 'uuid';
import { describe, expect, it } from 'vitest';
import { eventually } from '../src/eventually.ts';
import { type Attendance, newPerson, type Person } from '../src/people.ts';
import { world } from '../src/world.ts';

interface Device {
  id: string;
  name: string;
  deviceToken: string;
}
interface AuditEntry {
  eventType: string;
  userId: string;
  entityId: string;
  actor: { id: string; name: string; role: string };
  data: { employeeId: string };
}

const pin = '803914';
const within60s = 60_000;

/** What a machine shows at the token endpoint, as a form. */
async function exchange(form: Record<string, string>): Promise<{ status: number; token: string }> {
  const { api } = await world();
  const answer = await api.call<{ access_token: string }>('POST', '/api/auth/token', {
    body: new TextEncoder().encode(new URLSearchParams(form).toString()),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    patience: 20,
  });
  return { status: answer.status, token: answer.body.access_token };
}

const asDevice = ({ deviceToken }: Device) =>
  exchange({ grant_type: 'urn:muster:grant:device-token', device_token: deviceToken });

async function enrol(siteId: string): Promise<Device> {
  const { api, adminToken } = await world();
  const headers = { 'idempotency-key': uuid() };
  const request = { token: adminToken(), body: { name: 'North gate', siteId }, headers, patience: 20 };
  return expectStatus(await api.call<Device>('POST', '/api/devices', request), 201);
}

/** Somebody whom attendance knows already, and their site. */
async function knownPerson(): Promise<Person & { siteId: string }> {
  const { sql } = await world();
  const person = await newPerson();
  const siteId = await eventually('attendance knows the person', async () => {
    const [row] = await sql('attendance')<{ site_id: string }[]>`select site_id from people where id = ${person.id}`;
    return row?.site_id;
  });
  return { ...person, siteId };
}

const punch = async (kind: 'in' | 'out', token: string, body: object) =>
  (await world()).api.call<Attendance>('POST', `/api/attendance/check-${kind}`, {
    token,
    body,
    headers: { 'idempotency-key': uuid() },
    patience: 20,
  });

describe('a kiosk', () => {
  it('is enrolled, checks in who types a PIN and out who shows a code; the audit log names device and person', async () => {
    const { api, adminToken } = await world();
    const ann = await knownPerson();
    const device = await enrol(ann.siteId);
    const { token } = await asDevice(device);
    const mine = { token: ann.token, patience: 20 };
    expectStatus(await api.call('PUT', '/api/attendance/pin', { ...mine, body: { pin } }), 204);
    const opened = expectStatus(await punch('in', token, { employeeId: ann.id, pin }), 201);
    expect(opened).toMatchObject({ employeeId: ann.id, source: 'kiosk' });
    const { qr } = expectStatus(await api.call<{ qr: string }>('GET', '/api/attendance/qr', mine), 200);
    expect(expectStatus(await punch('out', token, { qr }), 201).id).toBe(opened.id);
    expect(await punch('in', token, { qr })).toMatchObject({ status: 403, body: { code: 'invalid_qr' } });

    const entry = await eventually('the audit entry', async () => {
      const path = `/api/audit-logs?eventType=attendance.checked-in&entityId=${opened.id}`;
      const answer = await api.call<{ data: AuditEntry[] }>('GET', path, { token: adminToken(), patience: 20 });
      return expectStatus(answer, 200).data[0];
    });
    expect(entry).toMatchObject({
      userId: device.id,
      actor: { id: device.id, name: 'North gate', role: 'kiosk' },
      data: { employeeId: ann.id },
    });
    const enrolled = await eventually('the enrolment in the audit log', async () => {
      const path = `/api/audit-logs?eventType=auth.device-enrolled&entityId=${device.id}`;
      const answer = await api.call<{ data: AuditEntry[] }>('GET', path, { token: adminToken(), patience: 20 });
      return expectStatus(answer, 200).data[0];
    });
    expect(enrolled.actor.role).toBe('admin');
  });

  it('is not enrolled where employee knows no site', async () => {
    const { api, adminToken } = await world();
    const body = { name: 'Nowhere', siteId: uuid() };
    const answer = await api.call('POST', '/api/devices', { token: adminToken(), body, patience: 20 });
    expect(answer).toMatchObject({ status: 404, body: { code: 'not_found' } });
  });

  it('that is switched off stops within a minute, at attendance, too', async () => {
    const { api, adminToken } = await world();
    const ann = await knownPerson();
    const device = await enrol(ann.siteId);
    const { token } = await asDevice(device);
    expect((await punch('in', token, { employeeId: ann.id, pin })).status).toBe(403);
    const request = { token: adminToken(), body: { active: false }, patience: 20 };
    expectStatus(await api.call('PATCH', `/api/devices/${device.id}`, request), 200);
    expect((await asDevice(device)).status).toBe(400);
    await eventually(
      'the kiosk’s token is refused',
      async () => (await punch('in', token, { employeeId: ann.id, pin })).status === 401,
      within60s,
    );
  });
});

describe('a machine client', () => {
  it('reads what its scopes name at every service, writes nothing, and stops within a minute of its deletion', async () => {
    const { api, adminToken } = await world();
    const scopes = ['attendance.read', 'employees.read'];
    const made = await api.call<{ clientId: string; clientSecret: string }>('POST', '/api/clients', {
      token: adminToken(),
      body: { name: 'Payroll', scopes },
      patience: 20,
    });
    const { clientId, clientSecret } = expectStatus(made, 201);
    const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
    const { token } = await exchange(form);
    const get = async (path: string) => (await api.call('GET', path, { token, patience: 20 })).status;
    expect(await get('/api/attendance?limit=1')).toBe(200);
    expect(await get('/api/employees?limit=1')).toBe(200);
    expect(await get('/api/audit-logs')).toBe(403);
    expect(await get('/api/users')).toBe(403);
    const refused = await api.call('POST', '/api/employees', { token, body: {}, patience: 20 });
    expect([400, 403]).toContain(refused.status);
    expectStatus(await api.call('DELETE', `/api/clients/${clientId}`, { token: adminToken(), patience: 20 }), 204);
    expect((await exchange(form)).status).toBe(401);
    await eventually('its token is refused', async () => (await get('/api/attendance?limit=1')) === 401, within60s);
  });
});
