import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHarness, type Harness } from './support/harness.ts';
import { somebody } from './support/people.ts';

let on: Harness;
beforeAll(async () => {
  on = await createHarness();
});
afterAll(() => on.drop());

describe('/api/profile', () => {
  it('shows oneself everything and changes name and phone', async () => {
    const { id, email } = await on.hire({ workId: 'X-1' });
    const as = somebody('employee', { id });
    expect((await on.ask('GET', '/api/profile', { as })).body).toMatchObject({ id, email, workId: 'X-1' });
    const body = { name: 'Renamed', phone: '030 1234' };
    const answer = await on.ask('PATCH', '/api/profile', { as, body, headers: { 'if-match': '"1"' } });
    expect(answer.body).toMatchObject({ ...body, version: 2 });
    const event = (await on.published('employee.profile-updated.v1')).at(-1);
    expect(event?.data).toMatchObject({
      employeeId: id,
      actor: { id },
      after: { name: 'Renamed' },
      changedFields: ['name', 'phone'],
    });
    expect(JSON.stringify(event)).not.toContain('030 1234');
  });

  it.each([['position'], ['siteId'], ['role'], ['email'], ['managerId'], ['workId'], ['department']])(
    '400 for %s: not one’s own to change',
    async (field) => {
      const { id } = await on.hire();
      const answer = await on.ask('PATCH', '/api/profile', {
        as: somebody('employee', { id }),
        body: { name: 'N', [field]: 'admin' },
      });
      expect(answer.body).toMatchObject({ code: 'invalid_input', errors: [{ field, in: 'body' }] });
    },
  );

  it('404 for a login without a person, 403 for a kiosk, 401 for nobody, 412 for an old version', async () => {
    expect((await on.ask('GET', '/api/profile', { as: somebody('employee') })).status).toBe(404);
    expect((await on.ask('PATCH', '/api/profile', { as: somebody('employee'), body: { name: 'X' } })).status).toBe(404);
    expect((await on.ask('GET', '/api/profile', { as: somebody('kiosk') })).status).toBe(403);
    expect((await on.ask('GET', '/api/profile')).status).toBe(401);
    const { id } = await on.hire();
    const headers = { 'if-match': '"5"' };
    const as = somebody('employee', { id });
    expect((await on.ask('PATCH', '/api/profile', { as, body: { name: 'X' }, headers })).status).toBe(412);
  });
});
