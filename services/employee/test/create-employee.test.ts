import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sweepCreations } from '../src/verbs/sweep-creations.ts';
import { createHarness, defaultSite, type Harness } from './support/harness.ts';
import { somebody } from './support/people.ts';

let on: Harness;
beforeAll(async () => {
  on = await createHarness();
});
afterAll(() => on.drop());
beforeEach(() => {
  on.auth.onOpen = undefined;
  on.auth.onRemove = undefined;
});

const post = (body: unknown, headers: Record<string, string> = {}, as = on.hr) =>
  on.ask('POST', '/api/employees', { as, body, headers });
const countOf = async (email: string): Promise<number> =>
  (await on.sql`select from people where email = ${email}`).length;

describe('POST /api/employees', () => {
  it('creates person and login of one id, tells of it, and shows the invitation', async () => {
    const body = {
      email: ' Ada.Nowak@Example.org ',
      name: 'Ada Nowak',
      position: 'Nurse',
      phone: '+49 30 1234-5',
      workId: 'W-1',
      department: 'Ward',
      hiredOn: '2026-01-31',
    };
    const answer = await post(body);
    expect(answer.status).toBe(201);
    expect(answer.headers.get('location')).toBe(`/api/employees/${answer.body.id}`);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.body).toMatchObject({
      email: 'ada.nowak@example.org',
      department: 'Ward',
      siteId: defaultSite.id,
      role: 'employee',
      hiredOn: '2026-01-31',
      version: 1,
      isDeleted: false,
      status: 'active',
    });
    expect(answer.body.invitationToken).toMatch(/^invitation-/);
    expect(on.auth.opened.get(answer.body.id)).toMatchObject({ email: 'ada.nowak@example.org', role: 'employee' });

    const event = (await on.published('employee.employee-created.v1')).at(-1);
    expect(event?.data).toMatchObject({
      employeeId: answer.body.id,
      version: 1,
      actor: { id: on.hr.id, role: 'hr' },
      after: { email: 'ada.nowak@example.org', department: 'Ward', status: 'active' },
    });
    expect(JSON.stringify(event)).not.toMatch(/invitation|1234-5|password/);
  });

  it('passes a password on and then answers no invitation', async () => {
    const answer = await post({ email: 'p@example.org', name: 'P', position: 'Cook', password: 'long-enough-1' });
    expect(answer.status).toBe(201);
    expect(answer.body).not.toHaveProperty('invitationToken');
    expect(answer.body).not.toHaveProperty('password');
    const rows = await on.sql`select row_to_json(people)::text as row from people where id = ${answer.body.id}`;
    expect(rows[0]?.row).not.toContain('long-enough-1');
  });

  it.each([
    ['nothing', {}, ['email', 'name', 'position']],
    ['a bad e-mail', { email: 'x', name: 'N', position: 'P' }, ['email']],
    ['an unknown field', { email: 'x@y.org', name: 'N', position: 'P', salary: 1 }, ['salary']],
    ['a bad date', { email: 'x@y.org', name: 'N', position: 'P', hiredOn: '2026-02-30' }, ['hiredOn']],
    ['a bad site id', { email: 'x@y.org', name: 'N', position: 'P', siteId: '7' }, ['siteId']],
    ['NUL', { email: 'x@y.org', name: 'N\u0000', position: 'P' }, ['name']],
  ])('400 for %s, one entry per field', async (_what, body, fields) => {
    const answer = await post(body);
    expect(answer.status).toBe(400);
    expect(answer.body.code).toBe('invalid_input');
    expect(answer.body.errors.map((error: { field: string }) => error.field)).toEqual(fields);
  });

  it.each(['siteId', 'managerId'])('400 naming %s when there is none of that id', async (field) => {
    const nobody = '0198aaaa-0000-7000-8000-00000000dead';
    const answer = await post({ email: 'lost@example.org', name: 'N', position: 'P', [field]: nobody });
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toEqual([expect.objectContaining({ field, in: 'body' })]);
    expect(await countOf('lost@example.org')).toBe(0);
  });

  it('400 for broken JSON, 415 for another type', async () => {
    const headers = { 'content-type': 'application/json' };
    expect((await post('{', headers)).body.code).toBe('invalid_json');
    expect((await post('a=1', { 'content-type': 'text/plain' })).status).toBe(415);
  });

  it.each(['manager', 'employee', 'kiosk', 'teacher'] as const)('403 for a %s', async (role) => {
    const body = { email: `by-${role}@example.org`, name: 'N', position: 'P' };
    expect((await post(body, {}, somebody(role))).status).toBe(403);
    expect(await countOf(body.email)).toBe(0);
  });

  it('401 without a token', async () => {
    expect((await on.ask('POST', '/api/employees', { body: {} })).status).toBe(401);
  });

  it('lets only an admin open a login of an admin, and nobody one of a kiosk', async () => {
    const body = { email: 'boss@example.org', name: 'N', position: 'P', role: 'admin' };
    expect((await post(body)).status).toBe(403);
    expect((await post({ ...body, role: 'kiosk' }, {}, on.admin)).status).toBe(403);
    expect((await post(body, {}, on.admin)).body.role).toBe('admin');
  });

  it('409 for an e-mail and for a work id in use', async () => {
    await on.hire({ email: 'twice@example.org', workId: 'W-2' });
    const again = await post({ email: 'TWICE@example.org', name: 'N', position: 'P' });
    expect([again.status, again.body.code]).toEqual([409, 'email_taken']);
    const sameWorkId = await post({ email: 'other@example.org', name: 'N', position: 'P', workId: 'W-2' });
    expect([sameWorkId.status, sameWorkId.body.code]).toEqual([409, 'work_id_taken']);
    expect(await countOf('other@example.org')).toBe(0);
  });

  it('of twenty at once for one address, one wins and one person exists', async () => {
    const body = { email: 'race@example.org', name: 'N', position: 'P' };
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(body)));
    expect(answers.filter((answer) => answer.status === 201)).toHaveLength(1);
    expect(answers.filter((answer) => answer.status === 409)).toHaveLength(19);
    expect(await countOf('race@example.org')).toBe(1);
  });

  it('finds a department in any spelling, and makes a new one once', async () => {
    await on.hire({ department: 'Pflege Süd' });
    const again = await on.hire({ department: 'pflege  sud' });
    expect(again.department).toBe('Pflege Süd');
    const made = (await on.published('employee.department-created.v1')).filter((event) =>
      JSON.stringify(event).includes('Pflege'),
    );
    expect(made).toHaveLength(1);
  });
});

describe('Idempotency-Key on POST /api/employees', () => {
  const body = { email: 'key@example.org', name: 'Key', position: 'P' };

  it('answers the very same, token included, which is kept only sealed, and for a day', async () => {
    const headers = { 'idempotency-key': 'k1' };
    const first = await post(body, headers);
    expect(first.body.invitationToken).toMatch(/^invitation-/);
    await on.ask('PATCH', `/api/employees/${first.body.id}`, { as: on.hr, body: { name: 'Later' } });
    const second = await post(body, headers);
    expect([second.status, second.body]).toEqual([201, first.body]);
    expect(await countOf(body.email)).toBe(1);
    const [kept] = await on.sql`
      select row_to_json(people)::text as row, encode(creation_answer, 'escape') as answer from people
      where id = ${first.body.id}
    `;
    expect(kept?.row).not.toContain('invitation-');
    expect(kept?.answer).not.toContain('invitation-');

    on.pass({ hours: 25 });
    await sweepCreations(on.deps);
    const late = await post(body, headers);
    expect([late.status, late.body.id, late.body.name]).toEqual([201, first.body.id, 'Later']);
    expect(late.body).not.toHaveProperty('invitationToken');
  });

  it('422 for another request under the key, a new person under another one', async () => {
    const other = { ...body, email: 'key2@example.org' };
    expect((await post(other, { 'idempotency-key': 'k1' })).status).toBe(422);
    expect((await post(other, { 'idempotency-key': 'k2' })).status).toBe(201);
  });

  it('keys of different people do not meet', async () => {
    const answer = await post({ ...body, email: 'key3@example.org' }, { 'idempotency-key': 'k1' }, on.admin);
    expect(answer.status).toBe(201);
  });

  it('the same request ten times at once makes one person', async () => {
    const at = { ...body, email: 'key4@example.org' };
    const answers = await Promise.all(Array.from({ length: 10 }, () => post(at, { 'idempotency-key': 'k4' })));
    const codes = answers.map((answer) => (answer.status === 201 ? 'created' : answer.body.code));
    expect(codes).toContain('created');
    expect(codes.filter((code) => code !== 'created' && code !== 'request_in_progress')).toEqual([]);
    expect(new Set(answers.filter((answer) => answer.status === 201).map((answer) => answer.body.id)).size).toBe(1);
    expect(await countOf(at.email)).toBe(1);
  });
});
