import { expectStatus } from '@muster/demo';
import sharp from 'sharp';
import { v7 as uuid } from 'uuid';
import { describe, expect, it } from 'vitest';
import { eventually } from '../src/eventually.ts';
import { checkIn, newPerson } from '../src/people.ts';
import { world } from '../src/world.ts';

describe('people', () => {
  it('who registered is an employee of the default site, and may check in at once', async () => {
    const { api, adminToken } = await world();
    const person = await newPerson();
    expect((await checkIn(person)).status).toBe(201);
    const employee = await eventually('the person exists', async () => {
      const answer = await api.call<{ email: string; siteId: string }>('GET', `/api/employees/${person.id}`, {
        token: adminToken(),
      });
      return answer.status === 200 ? answer.body : undefined;
    });
    expect(employee.email).toBe(person.email);
  });

  it('HR creates a person, the login is opened by invocation, the invitation sets the password', async () => {
    const { api, adminToken } = await world();
    const email = `${uuid()}@tests.muster.example`;
    const body = { email, name: 'Invited Person', position: 'Nurse' };
    const created = expectStatus(
      await api.call<{ id: string; invitationToken: string }>('POST', '/api/employees', { token: adminToken(), body }),
      201,
    );
    expect(created.invitationToken).toEqual(expect.any(String));
    const password = 'Invited-password-1';
    const accept = { token: created.invitationToken, password };
    expect([200, 201, 204]).toContain(
      (await api.call('POST', '/api/auth/accept-invitation', { body: accept, patience: 20 })).status,
    );
    expect(
      (await api.call('POST', '/api/auth/accept-invitation', { body: accept, patience: 20 })).status,
    ).toBeGreaterThanOrEqual(400);
    const session = await api.call<{ user: { id: string } }>('POST', '/api/auth/login', {
      body: { email, password },
      patience: 20,
    });
    expect(session).toMatchObject({ status: 200, body: { user: { id: created.id } } });
    const again = await api.call('POST', '/api/employees', { token: adminToken(), body });
    expect(again).toMatchObject({ status: 409, body: { code: 'email_taken' } });
  });

  it('never leaves half a person when auth is away', async () => {
    const { api, adminToken, platform } = await world();
    const body = { email: `${uuid()}@tests.muster.example`, name: 'Half Person', position: 'Nurse' };
    await platform.part('auth').stop();
    const refused = await api.call('POST', '/api/employees', { token: adminToken(), body });
    expect(refused.status).toBe(503);
    expect(refused.headers['retry-after']).toBeDefined();
    await platform.part('auth').start();
    const search = await api.call<{ data: unknown[] }>('GET', `/api/employees?search=${body.email}`, {
      token: adminToken(),
    });
    expect(search.body.data).toEqual([]);
    const created = await eventually('created', async () => {
      const answer = await api.call('POST', '/api/employees', { token: adminToken(), body });
      return answer.status === 503 ? undefined : answer;
    });
    expect(created.status).toBe(201);
  });

  it('a photo goes through the S3 binding, comes back re-encoded, and the old object goes', async () => {
    const { api } = await world();
    const person = await newPerson();
    const draw = (background: string) =>
      sharp({ create: { width: 1600, height: 1200, channels: 3, background } })
        .withExif({ IFD3: { GPSLatitude: '52/1 31/1 0/1', GPSLatitudeRef: 'N' } })
        .jpeg()
        .toBuffer();
    const put = async (background: string) =>
      eventually('photo stored', async () => {
        const answer = await api.call('PUT', '/api/profile/photo', {
          token: person.token,
          body: await draw(background),
          headers: { 'content-type': 'image/jpeg' },
        });
        // The person comes with an event; until then there is no profile.
        return answer.status === 404 ? undefined : answer;
      });
    expect([200, 201, 204]).toContain((await put('#a00')).status);
    const origin = api.origin;
    const get = (size: string, headers: Record<string, string> = {}) =>
      fetch(`${origin}/api/profile/photo${size}`, { headers: { authorization: `Bearer ${person.token}`, ...headers } });
    const photo = await get('');
    expect(photo.status).toBe(200);
    const etag = photo.headers.get('etag') ?? '';
    const metadata = await sharp(Buffer.from(await photo.arrayBuffer())).metadata();
    expect(Math.max(metadata.width ?? 0, metadata.height ?? 0)).toBe(1024);
    expect(metadata.exif).toBeUndefined();
    expect((await get('', { 'if-none-match': etag })).status).toBe(304);
    const small = await sharp(Buffer.from(await (await get('?size=128')).arrayBuffer())).metadata();
    expect(Math.max(small.width ?? 0, small.height ?? 0)).toBe(128);

    expect([200, 201, 204]).toContain((await put('#0a0')).status);
    expect((await get('', { 'if-none-match': etag })).status).toBe(200);
    expect((await api.call('DELETE', '/api/profile/photo', { token: person.token })).status).toBe(204);
    expect((await get('')).status).toBe(404);
  });
});
