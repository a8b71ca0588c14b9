import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHarness, type Harness } from './support/harness.ts';
import { somebody } from './support/people.ts';

let on: Harness;
let site = '';
beforeAll(async () => {
  on = await createHarness();
  site = (await on.ask('POST', '/api/sites', { as: on.hr, body: { name: 'Depot', zone: 'America/New_York' } })).body.id;
  const people = [
    { name: 'Élodie Müller', email: 'elodie@example.org', position: 'Nurse', workId: 'W-77', department: 'Ward' },
    { name: 'Łukasz Nowak', email: 'lukasz@example.org', position: 'Cook', siteId: site },
    { name: 'Straße 100%_x', email: 'odd@example.org', position: 'Küchenhilfe' },
    { name: 'Manny Ager', email: 'manny@example.org', position: 'Nurse', role: 'manager' },
  ];
  for (const person of people) {
    on.pass({ seconds: 1 });
    await on.hire(person);
  }
});
afterAll(() => on.drop());

const list = async (query: string, as = on.hr) => on.ask('GET', `/api/employees${query}`, { as });
const names = async (query: string, as = on.hr): Promise<string[]> =>
  (await list(query, as)).body.data.map((person: { name: string }) => person.name);

describe('GET /api/employees', () => {
  it('lists the newest first', async () => {
    expect(await names('')).toEqual(['Manny Ager', 'Straße 100%_x', 'Łukasz Nowak', 'Élodie Müller']);
  });

  it.each([
    ['elodie', ['Élodie Müller']],
    ['MULLER', ['Élodie Müller']],
    ['müller', ['Élodie Müller']],
    ['lukasz', ['Łukasz Nowak']],
    ['ŁUKASZ@example', ['Łukasz Nowak']],
    ['w-77', ['Élodie Müller']],
    ['kuchen', ['Straße 100%_x']],
    ['strasse', ['Straße 100%_x']],
    ['100%_', ['Straße 100%_x']],
    ['%', ['Straße 100%_x']],
    ['nobody at all', []],
    ["' or 1=1 --", []],
  ])('finds %s', async (search, found) => {
    expect(await names(`?search=${encodeURIComponent(search)}`)).toEqual(found);
  });

  it('filters, alone and together', async () => {
    expect(await names('?position=nurse')).toEqual(['Manny Ager', 'Élodie Müller']);
    expect(await names('?department=WARD')).toEqual(['Élodie Müller']);
    expect(await names(`?siteId=${site}`)).toEqual(['Łukasz Nowak']);
    expect(await names('?role=manager')).toEqual(['Manny Ager']);
    expect(await names('?role=manager&position=cook')).toEqual([]);
    expect(await names('?status=active&limit=1')).toEqual(['Manny Ager']);
    expect(await names('?status=deleted')).toEqual([]);
  });

  it('pages without gaps or twins', async () => {
    const seen: string[] = [];
    for (let page = 1; page <= 4; page++) seen.push(...(await names(`?limit=1&page=${page}`)));
    expect(seen).toEqual(await names(''));
    const far = await list('?page=9&limit=3');
    expect(far.body).toEqual({ data: [], meta: { page: 9, limit: 3, total: 4, totalPages: 2 } });
  });

  it('pages stay whole when many were created at one moment', async () => {
    const other = await createHarness();
    for (let n = 0; n < 7; n++) await other.hire();
    const seen = new Set<string>();
    for (const page of [1, 2, 3, 4]) {
      const answer = await other.ask('GET', `/api/employees?limit=2&page=${page}`, { as: other.hr });
      for (const person of answer.body.data) seen.add(person.id);
    }
    expect(seen.size).toBe(7);
    await other.drop();
  });

  it('shows employees public fields, and does not let them search the others', async () => {
    const as = somebody('employee');
    const answer = await list('?search=elodie', as);
    expect(answer.body.data[0]).not.toHaveProperty('email');
    expect(await names('?search=example.org', as)).toEqual([]);
    expect(await names('?search=w-77', as)).toEqual([]);
    expect(await names('?search=nurse', as)).toHaveLength(2);
  });

  it('does not let those who see no roles filter by them; what all see is open to all', async () => {
    for (const as of [somebody('employee'), somebody('manager'), somebody('kiosk')]) {
      const answer = await list('?role=hr', as);
      expect(answer).toMatchObject({
        status: 403,
        body: { code: 'forbidden', detail: expect.stringContaining('role') },
      });
      expect(await names('?status=active&position=nurse&department=ward', as)).toEqual(['Élodie Müller']);
      expect(await names('?status=deleted', as)).toEqual([]);
    }
    expect(await names('?role=manager', on.admin)).toEqual(['Manny Ager']);
  });

  it.each([
    'page=0',
    'limit=101',
    'limit=x',
    'limit=1e1',
    'page=0x1',
    'role=king',
    'siteId=7',
    'color=red',
    'search=%00',
  ])('400 for %s', async (query) => {
    expect((await list(`?${query}`)).status).toBe(400);
  });

  it('401 without a token', async () => {
    expect((await on.ask('GET', '/api/employees')).status).toBe(401);
  });
});
