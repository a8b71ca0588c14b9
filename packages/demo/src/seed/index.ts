import pLimit from 'p-limit';
import { type Api, expectStatus } from '../api.ts';
import { signIn } from '../session.ts';
import { ensureClass } from './class.ts';
import { type DemoPerson, demoPeople, demoSites } from './people.ts';
import { drawPortrait } from './photo.ts';
import { ensureRoster } from './roster.ts';
import { ensureShifts } from './shifts.ts';

export interface SeedResult {
  people: number;
  created: number;
  photos: number;
  /** Planned and published just now. */
  shifts: number;
}

export interface SeedOptions {
  api: Api;
  admin: { email: string; password: string };
  /** Every demo person can sign in with it. */
  password: string;
  progress?: (line: string) => void;
}

interface Employee {
  id: string;
  email: string;
  hasPhoto?: boolean;
}

/** Puts the demo's two sites, forty people with photos, a class, three shifts and this week's rosters in, through the public API only. Run again, it adds what is missing. */
export async function seedDemo({ api, admin, password, progress = () => {} }: SeedOptions): Promise<SeedResult> {
  const { accessToken: token } = await signIn(api, admin.email, admin.password);
  const siteIds = await ensureSites(api, token);
  await ensureDepartments(api, token);

  const known = await listDemoPeople(api, token);
  const missing = demoPeople.filter((person) => !known.has(person.email));
  // Managers first: the others name them.
  const managers = missing.filter((person) => person.isManager);
  const others = missing.filter((person) => !person.isManager);
  const limit = pLimit(4);
  const photos = { done: 0 };

  const create = async (person: DemoPerson, managerId?: string): Promise<void> => {
    const created = await createPerson({ api, token, person, password, siteId: siteIds[person.siteIndex], managerId });
    known.set(person.email, created);
    await putPhoto(api, token, created.id, person.name);
    photos.done += 1;
    if (photos.done % 10 === 0) progress(`  ${photos.done} of ${missing.length} people with photos`);
  };
  await Promise.all(managers.map((person) => limit(() => create(person))));
  await Promise.all(managers.map((person) => makeManager(api, token, known.get(person.email) as Employee)));
  const managerOf = (siteIndex: number): string | undefined =>
    known.get(demoPeople.find((p) => p.isManager && p.siteIndex === siteIndex)?.email ?? '')?.id;
  await Promise.all(others.map((person) => limit(() => create(person, managerOf(person.siteIndex)))));

  const workersOf = (site: 0 | 1): string[] =>
    demoPeople
      .filter((one) => one.siteIndex === site && !one.isManager)
      .flatMap(({ email }) => known.get(email)?.id ?? []);
  // Berlin's first: the class is there.
  await ensureClass({ api, token, siteId: siteIds[0], peopleIds: [...workersOf(0), ...workersOf(1)] });
  const shiftIds = await ensureShifts(api, token);
  let shifts = 0;
  for (const index of [0, 1] as const) {
    const site = { id: siteIds[index], zone: demoSites[index].zone };
    shifts += await ensureRoster({ api, token, site, peopleIds: workersOf(index), shiftIds });
  }
  return { people: known.size, created: missing.length, photos: photos.done, shifts };
}

async function ensureSites(api: Api, token: string): Promise<[string, string]> {
  // Somebody else may be seeding too: a name that is taken by now is one to look up again.
  for (const body of demoSites) expectStatus(await api.call('POST', '/api/sites', { token, body }), 201, 409);
  const path = '/api/sites?limit=100';
  const { data } = expectStatus(await api.call<{ data: { id: string; name: string }[] }>('GET', path, { token }), 200);
  const idOf = (name: string): string => {
    const site = data.find((one) => one.name === name);
    if (site === undefined) throw new Error(`the site ${name} is not listed`);
    return site.id;
  };
  return [idOf(demoSites[0].name), idOf(demoSites[1].name)];
}

async function ensureDepartments(api: Api, token: string): Promise<void> {
  for (const name of new Set(demoPeople.map((person) => person.department))) {
    expectStatus(await api.call('POST', '/api/departments', { token, body: { name } }), 201, 409);
  }
}

async function listDemoPeople(api: Api, token: string): Promise<Map<string, Employee>> {
  const path = '/api/employees?limit=100&search=demo.muster.local';
  const page = expectStatus(await api.call<{ data: Employee[] }>('GET', path, { token }), 200);
  return new Map(page.data.map((employee) => [employee.email, employee]));
}

async function createPerson(o: {
  api: Api;
  token: string;
  person: DemoPerson;
  password: string;
  siteId: string;
  managerId: string | undefined;
}): Promise<Employee> {
  const { email, name, position, department, workId } = o.person;
  const body = {
    ...{ email, name, position, department, workId, siteId: o.siteId, password: o.password },
    ...(o.managerId === undefined ? {} : { managerId: o.managerId }),
  };
  return expectStatus(
    await o.api.call<Employee>('POST', '/api/employees', { token: o.token, body, patience: 100 }),
    201,
  );
}

async function makeManager(api: Api, token: string, person: Employee): Promise<void> {
  expectStatus(await api.call('PATCH', `/api/users/${person.id}`, { token, body: { role: 'manager' } }), 200);
}

async function putPhoto(api: Api, token: string, id: string, name: string): Promise<void> {
  const answer = await api.call('PUT', `/api/employees/${id}/photo`, {
    token,
    body: await drawPortrait(name),
    headers: { 'content-type': 'image/jpeg' },
    patience: 20,
  });
  expectStatus(answer, 200, 201, 204);
}
