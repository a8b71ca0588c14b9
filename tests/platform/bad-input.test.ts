import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { pngHeader } from '../src/images.ts';
import { newPerson, type Person } from '../src/people.ts';
import { world } from '../src/world.ts';

const CHECK_IN = '/api/attendance/check-in';
let person: Person;
beforeAll(async () => {
  person = await newPerson();
});

interface Bad {
  name: string;
  method?: string;
  path: string;
  body?: string;
  type?: string;
  status: number;
  code: string;
}

const bad: Bad[] = [
  { name: 'an unknown field', path: CHECK_IN, body: '{"surprise":1}', status: 400, code: 'invalid_input' },
  { name: 'a wrong type', path: CHECK_IN, body: '{"latitude":"north"}', status: 400, code: 'invalid_input' },
  { name: 'bad JSON', path: CHECK_IN, body: '{"latitude":', status: 400, code: 'invalid_json' },
  { name: 'a NUL byte', path: CHECK_IN, body: '{"notes":"a\\u0000b"}', status: 400, code: 'invalid_input' },
  {
    name: 'a wrong content type',
    path: CHECK_IN,
    body: 'latitude=1',
    type: 'text/plain',
    status: 415,
    code: 'unsupported_media_type',
  },
  {
    name: 'a body too large',
    path: CHECK_IN,
    body: JSON.stringify({ notes: 'x'.repeat(2_000_000) }),
    status: 413,
    code: 'body_too_large',
  },
  { name: 'a bad UUID', method: 'GET', path: '/api/attendance/not-a-uuid', status: 400, code: 'invalid_input' },
  { name: 'a NUL in the path', method: 'GET', path: '/api/employees/%00', status: 400, code: 'invalid_path' },
  {
    name: 'broken percent-encoding',
    method: 'GET',
    path: '/api/employees/%E0%A4%A',
    status: 400,
    code: 'invalid_path',
  },
  { name: 'a hash in the path', method: 'GET', path: '/api/employees/a%23b', status: 400, code: 'invalid_path' },
  {
    name: 'an unknown query field',
    method: 'GET',
    path: '/api/employees?surprise=1',
    status: 400,
    code: 'invalid_input',
  },
  { name: 'an unknown route', method: 'GET', path: '/api/attendances', status: 404, code: 'not_found' },
  { name: 'a wrong method', method: 'DELETE', path: CHECK_IN, status: 405, code: 'method_not_allowed' },
];

describe('bad input', () => {
  it.each(bad)(
    '$name is refused as a problem with a code',
    async ({ method = 'POST', path, body, type, status, code }) => {
      const { api, sql } = await world();
      const answer = await api.call<{ code: string }>(method, path, {
        token: person.token,
        ...(body === undefined ? {} : { body: Buffer.from(body) }),
        headers: body === undefined ? {} : { 'content-type': type ?? 'application/json' },
      });
      expect([answer.status, answer.body.code]).toEqual([status, code]);
      expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
      const stored = await sql('attendance')`SELECT 1 FROM punches WHERE employee_id = ${person.id}`;
      expect(stored.length).toBe(0);
    },
  );

  it('names every wrong field of a body at once', async () => {
    const { api } = await world();
    const answer = await api.call<{ errors: { field: string }[] }>('POST', '/api/auth/register', {
      body: { email: 'nobody', password: 'short', name: '', role: 'admin' },
    });
    expect(answer.status).toBe(400);
    expect(answer.body.errors.map(({ field }) => field)).toEqual(expect.arrayContaining(['email', 'password', 'name']));
  });
});

describe('photos that are none', () => {
  const photos: [string, () => Promise<Uint8Array>, string, number[]][] = [
    ['30 MB', async () => new Uint8Array(30_000_000).fill(1), 'image/jpeg', [413]],
    ['a text file named .jpg', async () => Buffer.from('hello, I am text'), 'image/jpeg', [400, 415]],
    ['a PNG that claims 25,000 × 25,000', async () => pngHeader(25_000, 25_000), 'image/png', [400, 413]],
  ];
  it.each(photos)('%s is refused, nothing is stored', async (_, bytes, type, statuses) => {
    const { api, sql } = await world();
    const answer = await api.call<{ code: string }>('PUT', '/api/profile/photo', {
      token: person.token,
      body: await bytes(),
      headers: { 'content-type': type },
    });
    expect(statuses).toContain(answer.status);
    expect(answer.body.code).toEqual(expect.any(String));
    const photo = await sql('employee')`SELECT 1 FROM people WHERE id = ${person.id} AND photo_version IS NOT NULL`;
    expect(photo.length).toBe(0);
  });

  it('slow nobody down: a check-in passes while thirty of them arrive', async () => {
    const { api } = await world();
    const noise = await sharp({ create: { width: 3000, height: 3000, channels: 3, background: '#888' } })
      .png()
      .toBuffer();
    const uploads = Array.from({ length: 30 }, () =>
      api.call('PUT', '/api/profile/photo', {
        token: person.token,
        body: noise,
        headers: { 'content-type': 'image/png' },
      }),
    );
    const other = await newPerson();
    const answer = await api.call('POST', CHECK_IN, { token: other.token, body: {} });
    expect(answer.status).toBe(201);
    for (const { status } of await Promise.all(uploads)) expect([200, 201, 204, 429, 503]).toContain(status);
  });
});
