import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedDefaultSite } from '../src/verbs/seed-default-site.ts';
import { createHarness, defaultSite, type Harness } from './support/harness.ts';
import { somebody } from './support/people.ts';

let on: Harness;
beforeAll(async () => {
  on = await createHarness();
});
afterAll(() => on.drop());

const ask = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}, as = on.hr) =>
  on.ask(method, path, { as, headers, ...(body !== undefined && { body }) });
const fence = { latitude: 52.5, longitude: 13.4, radiusM: 200 };

describe('the default site', () => {
  it('is made once, however many start, and told of once', async () => {
    await Promise.all([seedDefaultSite(on.deps), seedDefaultSite(on.deps)]);
    const site = (await ask('GET', `/api/sites/${defaultSite.id}`)).body;
    expect(site).toMatchObject({
      name: 'Main site',
      zone: 'Europe/Berlin',
      geofence: null,
      isDefault: true,
      version: 1,
    });
    const told = await on.published('employee.site-created.v1');
    expect(told.filter((event) => event.data.siteId === defaultSite.id)).toHaveLength(1);
    expect(told[0]?.data.actor).toMatchObject({ role: 'system' });
  });

  it('takes another name when its own is taken', async () => {
    const id = '0198aaaa-0000-7000-8000-0000000000ff';
    await seedDefaultSite({ ...on.deps, defaultSite: { ...defaultSite, id } });
    expect((await ask('GET', `/api/sites/${id}`)).body.name).toBe('Main site (0198aaaa)');
  });

  it('cannot be deleted', async () => {
    expect((await ask('DELETE', `/api/sites/${defaultSite.id}`)).body.code).toBe('in_use');
  });
});

describe('/api/sites', () => {
  it('creates, shows, changes and deletes, with an event each', async () => {
    const body = {
      name: 'Works',
      zone: 'Asia/Kolkata',
      geofence: fence,
      ipAllowList: ['10.0.0.0/8', '2001:db8::/32', '1.2.3.4'],
    };
    const made = await ask('POST', '/api/sites', body);
    expect(made.status).toBe(201);
    expect(made.headers.get('location')).toBe(`/api/sites/${made.body.id}`);
    expect(made.body).toMatchObject({ ...body, version: 1, isDefault: false });
    const path = `/api/sites/${made.body.id}`;

    const change = { zone: 'Asia/Tokyo', geofence: { ...fence, radiusM: 0 } };
    const changed = await ask('PATCH', path, change, { 'if-match': '"1"' });
    expect(changed.body).toMatchObject({ ...change, version: 2 });
    expect((await ask('PATCH', path, change)).body.version).toBe(2);
    expect((await ask('PATCH', path, { zone: 'Asia/Seoul' }, { 'if-match': '"1"' })).status).toBe(412);

    expect((await ask('DELETE', path)).status).toBe(204);
    expect((await ask('GET', path)).status).toBe(404);
    expect((await ask('DELETE', path)).status).toBe(404);
    const told = (await on.published()).filter((event) => event.data.siteId === made.body.id);
    expect(told.map((event) => [event.type, event.data.version])).toEqual([
      ['employee.site-created.v1', 1],
      ['employee.site-updated.v1', 2],
      ['employee.site-deleted.v1', 3],
    ]);
    // A fence that is off is none to those who act on it.
    expect(told[1]?.data).toMatchObject({ before: { geofence: fence }, after: { geofence: null, zone: 'Asia/Tokyo' } });
  });

  it.each([
    ['zone', { zone: 'Mars/Olympus' }],
    ['zone', { zone: '+02:00' }],
    ['ipAllowList.0', { ipAllowList: ['10.0.0.0/33'] }],
    ['ipAllowList.1', { ipAllowList: ['10.0.0.1', 'office'] }],
    ['geofence.latitude', { geofence: { ...fence, latitude: 91 } }],
    ['geofence.radiusM', { geofence: { ...fence, radiusM: -1 } }],
    ['geofence.radiusM', { geofence: { latitude: 1, longitude: 1 } }],
    ['owner', { owner: 'me' }],
  ])('400 naming %s', async (field, part) => {
    const answer = await ask('POST', '/api/sites', { name: 'Bad', zone: 'Etc/UTC', ...part });
    expect([answer.status, answer.body.errors[0].field]).toEqual([400, field]);
  });

  it('409 for a name in use in any spelling, and for a site where people work', async () => {
    const { id } = (await ask('POST', '/api/sites', { name: 'Köln Süd', zone: 'Europe/Berlin' })).body;
    expect((await ask('POST', '/api/sites', { name: 'koln sud', zone: 'Etc/UTC' })).body.code).toBe('name_taken');
    const { id: other } = (await ask('POST', '/api/sites', { name: 'Bonn', zone: 'Europe/Berlin' })).body;
    expect((await ask('PATCH', `/api/sites/${other}`, { name: 'KÖLN SÜD' })).body.code).toBe('name_taken');
    await on.hire({ siteId: id });
    expect((await ask('DELETE', `/api/sites/${id}`)).body.code).toBe('in_use');
  });

  it('somebody put there while it is being deleted: never a person at a deleted site', async () => {
    for (let round = 0; round < 5; round++) {
      const { id } = (await ask('POST', '/api/sites', { name: `Race ${round}`, zone: 'Etc/UTC' })).body;
      const hired = await on.hire();
      const [moved, gone] = await Promise.all([
        ask('PATCH', `/api/employees/${hired.id}`, { siteId: id }),
        ask('DELETE', `/api/sites/${id}`),
      ]);
      expect([moved.status, gone.status].sort()).toEqual(moved.status === 200 ? [200, 409] : [204, 400]);
    }
  });

  it('everybody reads, address ranges only hr; others may not write', async () => {
    const { id } = (await ask('POST', '/api/sites', { name: 'Seen', zone: 'Etc/UTC', ipAllowList: ['10.0.0.1'] })).body;
    const as = somebody('employee');
    const seen = (await on.ask('GET', `/api/sites/${id}`, { as })).body;
    expect(seen).toMatchObject({ id, name: 'Seen' });
    expect(seen).not.toHaveProperty('ipAllowList');
    expect((await on.ask('GET', '/api/sites?limit=100', { as })).body.data.length).toBeGreaterThan(1);
    for (const role of ['employee', 'manager', 'kiosk', 'teacher'] as const) {
      const by = somebody(role);
      expect((await ask('POST', '/api/sites', { name: 'No', zone: 'Etc/UTC' }, {}, by)).status).toBe(403);
      expect((await ask('PATCH', `/api/sites/${id}`, { name: 'No' }, {}, by)).status).toBe(403);
      expect((await ask('DELETE', `/api/sites/${id}`, undefined, {}, by)).status).toBe(403);
    }
    expect((await on.ask('GET', '/api/sites')).status).toBe(401);
  });

  it('same Idempotency-Key and body: the same site; another body: 422', async () => {
    const headers = { 'idempotency-key': 's1' };
    const body = { name: 'Keyed', zone: 'Etc/UTC' };
    const first = await ask('POST', '/api/sites', body, headers);
    expect((await ask('POST', '/api/sites', body, headers)).body).toEqual(first.body);
    expect((await ask('POST', '/api/sites', { ...body, name: 'K2' }, headers)).status).toBe(422);
  });
});

describe('/api/departments', () => {
  it('creates, renames for everybody in it, and deletes, with an event each', async () => {
    const made = await ask('POST', '/api/departments', { name: 'Ward' }, { 'idempotency-key': 'd1' });
    expect(made.status).toBe(201);
    expect((await ask('POST', '/api/departments', { name: 'Ward' }, { 'idempotency-key': 'd1' })).body).toEqual(
      made.body,
    );
    const path = `/api/departments/${made.body.id}`;
    const nurse = await on.hire({ department: 'ward' });

    expect((await ask('PATCH', path, { name: 'Ward A' }, { 'if-match': '"9"' })).status).toBe(412);
    expect((await ask('PATCH', path, { name: 'Ward A' })).body).toEqual({
      id: made.body.id,
      name: 'Ward A',
      version: 2,
    });
    const after = (await on.ask('GET', `/api/employees/${nurse.id}`, { as: on.hr })).body;
    expect(after).toMatchObject({ department: 'Ward A', version: 2 });
    const told = (await on.published('employee.employee-updated.v1')).at(-1);
    expect(told?.data).toMatchObject({
      employeeId: nurse.id,
      version: 2,
      before: { department: 'Ward' },
      after: { department: 'Ward A' },
    });

    expect((await ask('DELETE', path)).body.code).toBe('in_use');
    await ask('PATCH', `/api/employees/${nurse.id}`, { department: null });
    expect((await ask('DELETE', path)).status).toBe(204);
    expect((await ask('GET', path)).status).toBe(404);
    const own = (await on.published()).filter((event) => event.data.departmentId === made.body.id);
    expect(own.map((event) => event.type.split('.')[1])).toEqual([
      'department-created',
      'department-updated',
      'department-deleted',
    ]);
  });

  it('lists by name; 409 for a name in use; 403, 404, 400, 401', async () => {
    await ask('POST', '/api/departments', { name: 'Zoo' });
    const { id } = (await ask('POST', '/api/departments', { name: 'Äpfel' })).body;
    const names = (await ask('GET', '/api/departments?limit=100')).body.data.map((one: { name: string }) => one.name);
    expect(names.indexOf('Äpfel')).toBeLessThan(names.indexOf('Zoo'));
    expect((await ask('POST', '/api/departments', { name: 'ZOO' })).body.code).toBe('name_taken');
    expect((await ask('PATCH', `/api/departments/${id}`, { name: 'zoo' })).body.code).toBe('name_taken');
    const as = somebody('employee');
    expect((await ask('POST', '/api/departments', { name: 'No' }, {}, as)).status).toBe(403);
    expect((await on.ask('GET', `/api/departments/${id}`, { as })).status).toBe(200);
    expect((await ask('PATCH', '/api/departments/0198aaaa-0000-7000-8000-00000000dead', { name: 'N' })).status).toBe(
      404,
    );
    expect((await ask('POST', '/api/departments', { name: ' ' })).status).toBe(400);
    expect((await on.ask('GET', '/api/departments')).status).toBe(401);
  });
});
