import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHarness, defaultSite, type Harness } from './support/harness.ts';
import { somebody } from './support/people.ts';

let on: Harness;
beforeAll(async () => {
  on = await createHarness();
});
afterAll(() => on.drop());

const nobody = '0198aaaa-0000-7000-8000-00000000dead';
const patch = (id: string, body: unknown, headers: Record<string, string> = {}, as = on.hr) =>
  on.ask('PATCH', `/api/employees/${id}`, { as, body, headers });

describe('GET /api/employees/:id', () => {
  it('shows hr everything, colleagues the public fields, the person and its manager everything', async () => {
    const manager = await on.hire({ role: 'manager' });
    const { id, email } = await on.hire({ phone: '+49 1', workId: 'V-1', managerId: manager.id });
    const as = (actor: ReturnType<typeof somebody>) => on.ask('GET', `/api/employees/${id}`, { as: actor });
    const hr = await as(on.hr);
    expect(hr.body).toMatchObject({ id, email, phone: '+49 1', workId: 'V-1', isDeleted: false });
    expect(hr.headers.get('etag')).toBe('"1"');
    for (const colleague of [somebody('employee'), somebody('manager'), somebody('kiosk'), somebody('teacher')]) {
      expect(Object.keys((await as(colleague)).body).sort()).toEqual(
        ['department', 'id', 'isDeleted', 'name', 'photoVersion', 'position', 'siteId'].sort(),
      );
    }
    expect((await as(somebody('employee', { id }))).body.email).toBe(email);
    expect((await as(somebody('manager', { id: manager.id }))).body.email).toBe(email);
  });

  it('404 for nobody, 400 for a bad id, 401 without a token, 405 for another method', async () => {
    expect((await on.ask('GET', `/api/employees/${nobody}`, { as: on.hr })).body.code).toBe('not_found');
    expect((await on.ask('GET', '/api/employees/7', { as: on.hr })).body).toMatchObject({
      code: 'invalid_input',
      errors: [{ field: 'id', in: 'path' }],
    });
    expect((await on.ask('GET', `/api/employees/${nobody}`)).status).toBe(401);
    expect((await on.ask('PUT', `/api/employees/${nobody}`, { as: on.hr })).status).toBe(405);
    expect((await on.ask('GET', '/api/employees/%00', { as: on.hr })).status).toBe(400);
  });
});

describe('PATCH /api/employees/:id', () => {
  it('changes, counts the version and tells before and after', async () => {
    const { id } = await on.hire({ workId: 'P-1', department: 'Ward' });
    const answer = await patch(id, { position: 'Chef', workId: null, phone: '123', department: 'Kitchen' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('etag')).toBe('"2"');
    expect(answer.body).toMatchObject({
      position: 'Chef',
      workId: null,
      phone: '123',
      department: 'Kitchen',
      version: 2,
    });
    const event = (await on.published('employee.employee-updated.v1')).at(-1);
    expect(event?.data).toMatchObject({
      version: 2,
      before: { workId: 'P-1', department: 'Ward' },
      after: { workId: null, department: 'Kitchen', position: 'Chef' },
      changedFields: ['department', 'phone', 'position', 'workId'],
    });
  });

  it('one that changes nothing leaves version and events alone', async () => {
    const { id, name } = await on.hire();
    const told = (await on.published()).length;
    expect((await patch(id, { name })).body.version).toBe(1);
    expect((await on.published()).length).toBe(told);
  });

  it('412 when it was based on another version', async () => {
    const { id } = await on.hire();
    expect((await patch(id, { name: 'B' }, { 'if-match': '"1"' })).status).toBe(200);
    const late = await patch(id, { name: 'C' }, { 'if-match': '"1"' });
    expect([late.status, late.body.code]).toEqual([412, 'version_mismatch']);
    expect((await patch(id, { name: 'C' }, { 'if-match': 'W/"2"' })).body.version).toBe(3);
    expect((await patch(id, { name: 'D' }, { 'if-match': '*' })).body.version).toBe(4);
  });

  it('of ten at once based on one version, one wins', async () => {
    const { id } = await on.hire();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) => patch(id, { name: `N${n}` }, { 'if-match': '"1"' })),
    );
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
    expect(answers.filter((answer) => answer.status === 412)).toHaveLength(9);
  });

  it.each([
    ['nothing', {}],
    ['e-mail', { email: 'new@example.org' }],
    ['role', { role: 'admin' }],
    ['null where something must be', { name: null }],
    ['a manager that is oneself', 'self'],
    ['a site that is none', { siteId: nobody }],
  ])('400 for %s', async (_what, body) => {
    const { id } = await on.hire();
    expect((await patch(id, body === 'self' ? { managerId: id } : body)).body.code).toBe('invalid_input');
  });

  it('400 for a circle of managers', async () => {
    const top = await on.hire();
    const middle = await on.hire({ managerId: top.id });
    const low = await on.hire({ managerId: middle.id });
    expect((await patch(top.id, { managerId: low.id })).body.errors[0].field).toBe('managerId');
    expect((await patch(low.id, { managerId: top.id })).status).toBe(200);
  });

  it('409 for a work id in use, 403 for others than hr, 404 for nobody', async () => {
    await on.hire({ workId: 'P-9' });
    const { id } = await on.hire();
    expect((await patch(id, { workId: 'P-9' })).body.code).toBe('work_id_taken');
    expect((await patch(id, { name: 'X' }, {}, somebody('manager'))).status).toBe(403);
    expect((await patch(id, { name: 'X' }, {}, somebody('employee', { id }))).status).toBe(403);
    expect((await patch(nobody, { name: 'X' })).status).toBe(404);
  });
});

describe('DELETE and restore', () => {
  const remove = (id: string, as = on.hr, headers = {}) => on.ask('DELETE', `/api/employees/${id}`, { as, headers });
  const restore = (id: string, as = on.hr) => on.ask('POST', `/api/employees/${id}/restore`, { as });

  it('hides from lists, shows hr isDeleted, and comes back', async () => {
    const { id, email } = await on.hire({ workId: 'D-1' });
    expect((await remove(id)).status).toBe(204);
    expect((await remove(id)).status).toBe(204);
    const listed = async () => (await on.ask('GET', `/api/employees?search=${email}`, { as: on.hr })).body.meta.total;
    expect(await listed()).toBe(0);
    expect((await on.ask('GET', `/api/employees/${id}`, { as: on.hr })).body).toMatchObject({
      isDeleted: true,
      status: 'deleted',
      version: 2,
      deletedAt: expect.any(String),
    });
    expect((await on.ask('GET', `/api/employees/${id}`, { as: somebody('employee') })).status).toBe(404);
    expect((await patch(id, { name: 'X' })).body.code).toBe('conflict');
    expect((await on.ask('GET', '/api/profile', { as: somebody('employee', { id }) })).status).toBe(404);

    const back = await restore(id);
    expect(back.body).toMatchObject({ isDeleted: false, deletedAt: null, version: 3, workId: 'D-1' });
    expect((await restore(id)).body.version).toBe(3);
    expect(await listed()).toBe(1);
    const told = (await on.published()).filter((event) => (event.data as { employeeId?: string }).employeeId === id);
    expect(told.map((event) => [event.type, event.data.version])).toEqual([
      ['employee.employee-created.v1', 1],
      ['employee.employee-deleted.v1', 2],
      ['employee.employee-restored.v1', 3],
    ]);
  });

  it('a restore is refused when e-mail or work id went to somebody else', async () => {
    const gone = await on.hire({ workId: 'D-2' });
    await remove(gone.id);
    on.auth.opened.delete(gone.id);
    const heir = await on.hire({ email: gone.email });
    expect((await restore(gone.id)).body.code).toBe('email_taken');
    await remove(heir.id);
    await on.hire({ workId: 'D-2' });
    expect((await restore(gone.id)).body.code).toBe('work_id_taken');
  });

  it('takes the default site when the old one was deleted meanwhile', async () => {
    const site = (await on.ask('POST', '/api/sites', { as: on.hr, body: { name: 'Gone', zone: 'Asia/Tokyo' } })).body;
    const { id } = await on.hire({ siteId: site.id, department: 'Gone too' });
    const department = (await on.ask('GET', '/api/departments?limit=100', { as: on.hr })).body.data.find(
      (one: { name: string }) => one.name === 'Gone too',
    );
    expect((await on.ask('DELETE', `/api/sites/${site.id}`, { as: on.hr })).body.code).toBe('in_use');
    await remove(id);
    expect((await on.ask('DELETE', `/api/sites/${site.id}`, { as: on.hr })).status).toBe(204);
    expect((await on.ask('DELETE', `/api/departments/${department.id}`, { as: on.hr })).status).toBe(204);
    expect((await restore(id)).body).toMatchObject({ siteId: defaultSite.id, department: null });
  });

  it('403 for managers, and for hr on an admin; nobody deletes themselves; the last admin stays', async () => {
    const first = await on.hire({ role: 'admin' });
    expect((await remove(first.id, somebody('manager'))).status).toBe(403);
    expect((await remove(first.id)).status).toBe(403);
    const asFirst = somebody('admin', { id: first.id });
    expect((await remove(first.id, on.admin)).body.code).toBe('last_admin');
    const second = await on.hire({ role: 'admin' });
    expect((await remove(first.id, asFirst)).body.code).toBe('conflict');
    expect((await remove(second.id, asFirst)).status).toBe(204);
    expect((await restore(second.id)).status).toBe(403);
  });

  it('two admins deleting each other at once leave one', async () => {
    const [a, b] = [await on.hire({ role: 'admin' }), await on.hire({ role: 'admin' })];
    await on.sql`update people set role = 'employee' where role = 'admin' and id not in (${a.id}, ${b.id})`;
    const answers = await Promise.all([
      remove(a.id, somebody('admin', { id: b.id })),
      remove(b.id, somebody('admin', { id: a.id })),
    ]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([204, 409]);
  });

  it('412 when it was based on another version', async () => {
    const { id } = await on.hire();
    expect((await remove(id, on.hr, { 'if-match': '"7"' })).status).toBe(412);
  });
});
