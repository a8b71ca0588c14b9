import { roles } from '@muster/contracts';
import { permissionList } from '@muster/contracts/http/auth';
import { permissionsOf } from '@muster/identity';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { admin, type Harness, password, startHarness } from './support/harness.ts';

let h: Harness;
beforeAll(async () => {
  h = await startHarness();
});
afterAll(() => h.stop());

const ask = (token?: string) => h.call('GET', '/api/auth/permissions', token === undefined ? {} : { token });

test('everybody reads what their own role may do, and how far', async () => {
  const boss = await h.login(admin);
  const { user } = await h.register('asker');
  for (const role of roles) {
    const path = `/api/users/${user.id}`;
    await h.call('PATCH', path, { token: boss.accessToken, body: { role } });
    const answer = await ask((await h.login({ email: user.email, password })).accessToken);
    expect(answer.status).toBe(200);
    expect(permissionList.parse(answer.body)).toEqual({ role, permissions: permissionsOf({ role }) });
  }
  const manager = permissionsOf({ role: 'manager' });
  expect(manager).toContainEqual({ resource: 'attendance', action: 'read', scope: 'reports' });
});

test('nobody without a token, nothing by query', async () => {
  expect((await ask()).status).toBe(401);
  expect((await ask('nonsense')).status).toBe(401);
  const { accessToken } = await h.login(admin);
  const token = accessToken;
  expect((await h.call('GET', '/api/auth/permissions?role=admin', { token })).status).toBe(400);
});

test('the document shows an example', async () => {
  const { body } = await h.call('GET', '/openapi.json');
  const { schema } = body.paths['/api/auth/permissions'].get.responses['200'].content['application/json'];
  expect(schema.examples[0]).toMatchObject({ role: 'manager' });
});
