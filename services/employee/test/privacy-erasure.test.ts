import { unnamedColumns } from '@muster/db';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { personalTables } from '../src/sql/personal-data.ts';
import { sweepErasures } from '../src/verbs/sweep-erasures.ts';
import { sweepExports } from '../src/verbs/sweep-exports.ts';
import { sweepPhotos } from '../src/verbs/sweep-photos.ts';
import { createHarness, type Harness } from './support/harness.ts';
import { jpegOf } from './support/images.ts';
import { somebody } from './support/people.ts';

let h: Harness;
beforeEach(async () => {
  h = await createHarness();
});
afterEach(() => h.drop());

const path = '/api/privacy/erasures';
const marked = {
  name: 'Marker Lovelace',
  email: 'marker@example.org',
  phone: '+49 4711',
  workId: 'M-4711',
  position: 'MarkerJob',
};
const markers = ['Lovelace', 'lovelace', 'marker@', '4711', 'MarkerJob', 'markerjob', '1999-12-31'];

const hired = async () => {
  const { id } = await h.hire({ ...marked, hiredOn: '1999-12-31' });
  return somebody('employee', { id, name: marked.name, email: marked.email });
};
const everything = async (): Promise<string> => {
  const tables = [
    'people',
    'logins',
    'login_removals',
    'photo_garbage',
    'personal_exports',
    'outbox',
    'idempotency_keys',
  ];
  return JSON.stringify(await Promise.all(tables.map((table) => h.sql.unsafe(`select t::text from ${table} t`))));
};
const erase = async (employeeId: string) => (await h.ask('POST', path, { as: h.admin, body: { employeeId } })).body;
const status = async (id: string) => (await h.ask('GET', `${path}/${id}`, { as: h.admin })).body;

it('every table and column is either told, withheld or none about people', async () => {
  expect(await unnamedColumns(h.sql, personalTables)).toEqual([]);
});

describe('an erasure', () => {
  it('leaves nothing here that tells who it was, in no table and no event, and takes photo and archives away', async () => {
    const ada = await hired();
    const photo = { as: ada, body: await jpegOf(20, 20), headers: { 'content-type': 'image/jpeg' } };
    await h.ask('PUT', '/api/profile/photo', photo);
    await h.ask('PATCH', '/api/profile', { as: ada, body: { phone: '+49 4711 1' } });
    await h.ask('POST', '/api/privacy/exports', { as: ada, body: {} });
    await sweepExports(h.deps);
    await h.sql`
      insert into idempotency_keys (scope, key, fingerprint, status, body) values
        (${`x:${ada.id}`}, 'k', 'f', 200, '{"name":"Marker Lovelace"}'), ('x:other', 'k', 'f', 200, '{"name":"Bob"}')
    `;
    const before = await everything();
    for (const marker of markers) expect(before).toContain(marker);

    const { id } = await erase(ada.id);
    await sweepErasures(h.deps);
    h.pass({ seconds: 121 });
    await sweepErasures(h.deps);
    await sweepPhotos(h.deps);
    const after = await everything();
    for (const marker of markers) expect(after).not.toContain(marker);
    expect(after).toContain('Bob');
    expect([...h.store.objects.keys()]).toEqual([]);
    expect(await status(id)).toMatchObject({ status: 'done', doneAt: expect.any(String) });
  });

  it('deletes the person first, tells it once and without a name, and cannot be undone', async () => {
    const ada = await hired();
    await erase(ada.id);
    await erase(ada.id);
    const [deleted, ...more] = await h.published('employee.employee-deleted.v1');
    expect(more).toEqual([]);
    expect(deleted?.data).toMatchObject({
      after: { name: 'Erased person', status: 'deleted' },
      actor: { id: h.admin.id },
    });
    expect(JSON.stringify(deleted)).not.toContain('Lovelace');
    expect(await h.published('employee.person-erased.v1')).toMatchObject([{ data: { employeeId: ada.id } }]);
    const { body } = await h.ask('GET', `/api/employees/${ada.id}`, { as: h.admin });
    expect(body).toMatchObject({ name: 'Erased person', isDeleted: true, phone: null });
    expect((await h.ask('POST', `/api/employees/${ada.id}/restore`, { as: h.admin })).status).toBe(409);
  });

  it('says which services are done, survives one that is away, and looks twice', async () => {
    const ada = await hired();
    h.holders.attendance.down = true;
    h.holders.events.callsToErase = 3;
    const { id } = await erase(ada.id);
    await sweepErasures(h.deps);
    expect((await status(id)).services).toEqual(
      ['attendance', 'auth', 'employee', 'events'].map((service) => ({ service, doneAt: null })),
    );
    expect(h.holders.events.erased).toHaveLength(3);
    h.pass({ seconds: 121 });
    await sweepErasures(h.deps);
    const done = (await status(id)).services.filter((step: { doneAt: unknown }) => step.doneAt !== null);
    expect(done.map((step: { service: string }) => step.service)).toEqual(['auth', 'employee', 'events']);
    expect(h.holders.auth.erased).toHaveLength(2);

    h.holders.attendance.down = false;
    h.pass({ minutes: 10 });
    await sweepErasures(h.deps);
    expect((await status(id)).status).toBe('erasing');
    h.pass({ seconds: 121 });
    await sweepErasures(h.deps);
    expect((await status(id)).status).toBe('done');
    expect(h.holders.attendance.erased).toHaveLength(2);
  });

  it('ends what a late event could bring back', async () => {
    const ada = await hired();
    await erase(ada.id);
    const actor = { id: ada.id, name: marked.name, role: 'employee' as const };
    const after = { email: marked.email, name: marked.name, role: 'employee' as const, phone: marked.phone };
    const occurredAt = '2026-03-02T08:00:00Z';
    const late = h.event('auth.user-registered.v1', { userId: ada.id, version: 9, occurredAt, actor, after });
    expect((await h.deliver(late)).body).toEqual({ status: 'SUCCESS' });
    await h.deliver(
      h.event('auth.user-role-changed.v1', {
        userId: ada.id,
        version: 10,
        occurredAt,
        actor,
        before: { role: 'employee' },
        after,
      }),
    );
    await sweepErasures(h.deps);
    expect(await everything()).not.toContain('Lovelace');
  });
});

describe('who decides', () => {
  it('a person asks, an admin grants', async () => {
    const ada = await hired();
    const { body: asked } = await h.ask('POST', path, { as: ada, body: {} });
    expect(asked).toMatchObject({ status: 'requested', employeeId: ada.id, services: [] });
    await h.ask('POST', path, { as: ada, body: {} });
    expect(await h.published('employee.erasure-requested.v1')).toMatchObject([{ data: { employeeId: ada.id } }]);
    expect((await h.ask('GET', `${path}?status=requested`, { as: h.admin })).body.data).toEqual([asked]);
    const { body } = await h.ask('POST', `${path}/${asked.id}/approve`, { as: h.admin });
    expect(body).toMatchObject({
      status: 'erasing',
      services: expect.arrayContaining([{ service: 'auth', doneAt: null }]),
    });
    expect((await h.ask('POST', `${path}/${asked.id}/decline`, { as: h.admin })).status).toBe(409);
  });

  it('or declines, and may be asked again', async () => {
    const ada = await hired();
    const { body: asked } = await h.ask('POST', path, { as: ada, body: {} });
    expect((await h.ask('POST', `${path}/${asked.id}/decline`, { as: h.admin })).body.status).toBe('declined');
    expect((await h.ask('POST', `${path}/${asked.id}/approve`, { as: h.admin })).status).toBe(409);
    expect(await everything()).toContain('Lovelace');
    expect((await h.ask('POST', path, { as: ada, body: {} })).body).toMatchObject({
      id: asked.id,
      status: 'requested',
    });
  });

  it('nobody else, and nobody about themselves', async () => {
    const ada = await hired();
    const { body: asked } = await h.ask('POST', path, { as: ada, body: {} });
    for (const as of [h.hr, somebody('manager'), ada, somebody('kiosk')]) {
      expect((await h.ask('POST', `${path}/${asked.id}/approve`, { as })).status).toBe(403);
      expect((await h.ask('GET', path, { as })).status).toBe(403);
    }
    expect((await h.ask('POST', path, { as: h.hr, body: { employeeId: ada.id } })).status).toBe(404);
    expect((await h.ask('GET', `${path}/${asked.id}`, { as: somebody('employee') })).status).toBe(404);
    expect((await h.ask('GET', `${path}/${asked.id}`, { as: ada })).status).toBe(200);
  });

  it('the last admin stays', async () => {
    const { id } = await h.hire({ role: 'admin' });
    const own = somebody('admin', { id });
    const { body } = await h.ask('POST', path, { as: own, body: {} });
    expect(body.status).toBe('requested');
    expect((await h.ask('POST', `${path}/${body.id}/approve`, { as: own })).status).toBe(409);
    const refused = await h.ask('POST', `${path}/${body.id}/approve`, { as: h.admin });
    expect([refused.status, refused.body.code]).toEqual([409, 'last_admin']);
  });
});
