// Whoever asked for something is named in the audit log, also where a service asked another one for them.
import { expectStatus } from '@muster/demo';
import { request } from 'undici';
import { v7 as uuid } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { createMember, type Member } from '../src/access/cast.ts';
import { eventually } from '../src/eventually.ts';
import { world } from '../src/world.ts';

let hr: Member;
beforeAll(async () => {
  hr = await createMember('hr');
});

const forged = {
  'x-muster-actor': Buffer.from(
    JSON.stringify({ id: '019d0000-0000-7000-8000-00000000f00d', name: 'Somebody else', role: 'admin' }),
  ).toString('base64url'),
};
const someone = () => ({ email: `${uuid()}@origin.muster.example`, name: 'New', position: 'Tester' });

/** Who the audit log says opened this person's record and login: two services, one act. */
async function actorsOf(personId: string): Promise<Record<string, string>> {
  const { api, adminToken } = await world();
  const types = ['employee.employee-created', 'auth.login-opened'];
  return eventually('both are audited', async () => {
    const path = `/api/audit-logs?entityId=${personId}&limit=50`;
    const answer = await api.call<{ data: { eventType: string; actor: { id: string } }[] }>('GET', path, {
      token: adminToken(),
    });
    const found = expectStatus(answer, 200).data.filter(({ eventType }) => types.includes(eventType));
    if (new Set(found.map(({ eventType }) => eventType)).size < types.length) return undefined;
    return Object.fromEntries(found.map(({ eventType, actor }) => [eventType, actor.id]));
  });
}

describe('the originating user', () => {
  it('is named by what the service behind the service did, too', async () => {
    const { api } = await world();
    const answer = await api.call<{ id: string }>('POST', '/api/employees', { token: hr.token, body: someone() });
    expect(await actorsOf(expectStatus(answer, 201).id)).toEqual({
      'employee.employee-created': hr.id,
      'auth.login-opened': hr.id,
    });
  });

  it('cannot be forged at the front door', async () => {
    const { api } = await world();
    const body = someone();
    const answer = await api.call<{ id: string }>('POST', '/api/employees', { token: hr.token, body, headers: forged });
    const actors = Object.values(await actorsOf(expectStatus(answer, 201).id));
    expect(actors).toEqual([hr.id, hr.id]);
  });

  it('cannot be forged at a service either, where an Ingress leads past the gateway', async () => {
    const { platform } = await world();
    const headers = { ...forged, authorization: `Bearer ${hr.token}`, 'content-type': 'application/json' };
    const answer = await request(`${platform.urls.services.employee}/api/employees`, {
      method: 'POST',
      headers,
      body: JSON.stringify(someone()),
    });
    expect(answer.statusCode).toBe(201);
    const { id } = (await answer.body.json()) as { id: string };
    expect(Object.values(await actorsOf(id))).toEqual([hr.id, hr.id]);
    const internal = await request(`${platform.urls.services.auth}/internal/logins`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ id: uuid(), ...someone() }),
    });
    await internal.body.dump();
    expect(internal.statusCode).toBe(403);
  });
});
