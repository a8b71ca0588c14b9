import { fileURLToPath } from 'node:url';
import type { Role } from '@muster/contracts';
import type { Sql } from '@muster/db';
import type { Actor } from '@muster/identity';
import { createLogger } from '@muster/service-kit';
import {
  type FakeClock,
  fakeBus,
  fakeClock,
  type JsonRequest,
  requestJson,
  testActor,
  testDatabase,
  testVerifier,
  tokenFor,
} from '@muster/testing';
import { v7 } from 'uuid';
import { createApp } from '../src/app.ts';
import type { ClassCache } from '../src/class-cache.ts';
import { createDeps, type Deps } from '../src/deps.ts';

export const migrations = fileURLToPath(new URL('../migrations', import.meta.url));
export const appApiToken = 'test-app-api-token';
export const scalingToken = 'test-scaling-token-1';
export const defaultSite = '0193b9aa-0000-7000-8000-00000000beef';

/** A person who can be asked to do things, with a token of their own. */
export interface Client {
  actor: Actor;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies freely
  send(method: string, path: string, o?: JsonRequest): Promise<{ status: number; headers: Headers; body: any }>;
}

export interface World {
  sql: Sql;
  deps: Deps;
  clock: FakeClock;
  bus: ReturnType<typeof fakeBus>;
  app: ReturnType<typeof createApp>;
  /** Somebody with a token; projected when `at` says where they work. */
  person(o?: { role?: Role; at?: string; managerId?: string; department?: string }): Promise<Client>;
  site(zone: string): Promise<string>;
  /** A kiosk enrolled at that site. */
  kiosk(siteId: string): Promise<Client>;
  /** A second process on the same database. */
  another(): World['app'];
  drop(): Promise<void>;
}

/** The service on a database of its own, with a clock that stands where the test put it. */
export async function createWorld(o: { now?: string; flights?: number; classCache?: ClassCache } = {}): Promise<World> {
  const database = await testDatabase({ folder: migrations, max: 8 });
  const { sql } = database;
  // Tokens are checked by the machine's clock; only punches see this one.
  const clock = fakeClock(o.now ?? '2026-11-20T09:00:00Z');
  const bus = fakeBus();
  const verifier = testVerifier();
  const log = createLogger({ service: 'attendance', level: 'silent' });
  const wire = (): Deps =>
    createDeps({
      sql,
      log,
      clock,
      relay: bus.relay,
      defaultPlace: { siteId: defaultSite, zone: 'Europe/Berlin' },
      scaling: { punchesPerPodSecond: 10, peakFactor: 3, leadMs: 180_000, minPods: 2, maxPods: 6 },
      kioskSecret: 'a secret for tests only',
      ...(o.classCache && { classCache: o.classCache }),
      flights: o.flights ?? 2,
      flightMax: 64,
    });
  const deps = wire();
  const ready = { database: async () => true };
  const another = () => createApp(wire(), { verifier, appApiToken, scalingToken, ready });
  const app = createApp(deps, { verifier, appApiToken, scalingToken, ready });

  return {
    sql,
    deps,
    clock,
    bus,
    app,
    another,
    drop: () => database.drop(),
    async site(zone) {
      const id = v7();
      await sql`insert into sites (id, name, zone, version) values (${id}, ${zone}, ${zone}, 1)`;
      return id;
    },
    async kiosk(siteId) {
      const actor = testActor({ role: 'kiosk', name: 'North gate', email: '', siteId });
      const token = await tokenFor(actor);
      return { actor, send: (method, path, request = {}) => requestJson(app, method, path, { token, ...request }) };
    },
    async person({ role = 'employee', at, managerId, department } = {}) {
      const actor = testActor({ role });
      if (at !== undefined)
        await sql`insert into people (id, name, role, site_id, manager_id, department, status, version)
          values (${actor.id}, ${actor.name}, ${role}, ${at}, ${managerId ?? null}, ${department ?? null}, 'active', 1)`;
      const token = await tokenFor(actor);
      return { actor, send: (method, path, request = {}) => requestJson(app, method, path, { token, ...request }) };
    },
  };
}

export const checkIn = (client: Client, o: JsonRequest = {}) => client.send('POST', '/api/attendance/check-in', o);
export const checkOut = (client: Client, o: JsonRequest = {}) => client.send('POST', '/api/attendance/check-out', o);

/** How many rows of the person each table holds. */
export async function countRows(sql: Sql, employeeId: string) {
  const [row] = await sql<[{ sessions: number; punches: number; outbox: number }]>`
    select (select count(*)::int from attendance_sessions where employee_id = ${employeeId}) as sessions,
      (select count(*)::int from punches where employee_id = ${employeeId}) as punches,
      (select count(*)::int from outbox where payload->'data'->>'employeeId' = ${employeeId}) as outbox`;
  return row;
}
