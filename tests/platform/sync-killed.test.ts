import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createClient, openPunchQueue, type PunchQueue } from '@muster/client';
import { openFileStorage } from '@muster/client/file-storage';
import { createdDevice } from '@muster/contracts/http/auth';
import { v7 as uuid } from 'uuid';
import { expect, it } from 'vitest';
import { eventually } from '../src/eventually.ts';
import { type OfflineWork, shuffled, workOffline } from '../src/offline-work.ts';
import { world } from '../src/world.ts';

const KIOSKS = 8;
const PEOPLE_A_KIOSK = 50;
/** Whose punches one call brings: days are derived per person, and a call that touches everybody would derive everybody. */
const GROUP = 5;
/** Eight punches a day: 8 × 50 × 31.25 days would be 100,000. */
const DAYS = 32;
/** Shares of all punches at which a process is killed, the one and the other in turn. */
const KILLS = [0.08, 0.2, 0.32, 0.44, 0.56, 0.68, 0.8, 0.92];

it('100,000 offline punches arrive, each once, though both processes are killed in turn', async () => {
  const { platform, sql, adminToken, admin } = await world();
  const replica = await platform.addReplica('attendance');
  const folder = await mkdtemp(path.join(tmpdir(), 'muster-kiosks-'));
  const queues: PunchQueue[] = [];
  try {
    const people = Array.from({ length: KIOSKS * PEOPLE_A_KIOSK }, () => uuid());
    const siteId = await hirePeople(people);
    const hr = createClient({ origin: platform.urls.platform });
    await hr.signIn(admin);
    expect(adminToken()).not.toBe('');

    const processes = [platform.urls.services.attendance as string, replica.url];
    const work = Array.from({ length: KIOSKS }, (_, kiosk) => workOfKiosk(people.slice(kiosk * PEOPLE_A_KIOSK), DAYS));
    const made = work.flatMap(({ punches }) => punches);
    expect(made.length).toBeGreaterThanOrEqual(100_000);

    const clients = await Promise.all(
      work.map(async ({ punches }, kiosk) => {
        const body = { name: `Kiosk ${kiosk} ${uuid()}`, siteId };
        const device = { method: 'POST', path: '/api/devices', body, key: uuid(), answer: createdDevice } as const;
        const { deviceToken } = await hr.send(device);
        const client = createClient({
          ...{ origin: platform.urls.platform, credentials: { deviceToken }, timeoutMs: 60_000 },
          fetch: toEither([...processes, platform.urls.platform]),
        });
        const storage = openFileStorage(path.join(folder, `kiosk-${kiosk}`));
        await storage.add(punches);
        queues.push(openPunchQueue({ client, storage, isKiosk: true }));
        return client;
      }),
    );

    let waiting = made.length;
    let interruptions = 0;
    const sync = async (queue: PunchQueue): Promise<void> => {
      while ((await queue.countWaiting()) > 0) await queue.flush().catch(() => (interruptions += 1));
    };
    const syncing = Promise.all(queues.map(sync)).then(() => (waiting = 0));
    let kills = 0;
    for (const share of KILLS) {
      await eventually(`${share} of all punches`, async () => {
        const counts = await Promise.all(queues.map((queue) => queue.countWaiting()));
        waiting = Math.min(
          waiting,
          counts.reduce((sum, count) => sum + count, 0),
        );
        return made.length - waiting >= share * made.length;
      });
      // What a device sent before it sends again, in other company, while the process it sends to is about to die.
      const kiosk = kills % KIOSKS;
      const again = shuffled(work[kiosk]?.punches ?? []).slice(0, 500);
      const repeated = clients[kiosk]?.attendance.sync({ punches: again }).catch(() => (interruptions += 1));
      const victim = platform.part(kills % 2 === 0 ? 'attendance' : replica.name);
      await victim.kill9();
      kills += 1;
      await Promise.all([victim.ready(), repeated]);
    }
    await syncing;
    expect(interruptions).toBeGreaterThan(0);
    expect((await Promise.all(queues.map((queue) => queue.troubles()))).flat()).toEqual([]);

    const facts = await sql('attendance')<{ fact: string }[]>`
      select employee_id || ' ' || type || ' ' || (extract(epoch from occurred_at) * 1000)::bigint as fact
      from punches where employee_id = any(${people}::uuid[])`;
    const arrived = facts.map(({ fact }) => fact);
    const expected = new Set(made.map((one) => `${one.employeeId} ${one.type} ${Date.parse(one.occurredAt)}`));
    expect([...expected.difference(new Set(arrived))].slice(0, 3)).toEqual([]);
    expect([...new Set(arrived).difference(expected)].slice(0, 3)).toEqual([]);
    expect(arrived.length).toBe(made.length);

    const worked = new Map(work.flatMap((one) => [...one.worked]));
    await eventually(
      'every day derived',
      async () => {
        const [row] = await sql('attendance')<{ queued: number }[]>`
        select count(*)::int as queued from day_queue where employee_id = any(${people}::uuid[])`;
        return row?.queued === 0;
      },
      240_000,
    );
    const days = await sql('attendance')<{ key: string; worked_ms: number }[]>`
      select employee_id || ' ' || date as key, worked_ms from attendance_days
      where employee_id = any(${people}::uuid[]) and worked_ms > 0`;
    const wrong = days.filter(({ key, worked_ms }) => worked.get(key) !== worked_ms);
    expect(wrong.slice(0, 3)).toEqual([]);
    expect(days.length).toBe(worked.size);

    const [sessions] = await sql('attendance')<{ all: number; open: number }[]>`
      select count(*)::int as all, count(*) filter (where check_out_at is null)::int as open
      from attendance_sessions where employee_id = any(${people}::uuid[])`;
    expect(sessions).toEqual({ all: made.length / 2, open: 0 });
  } finally {
    await Promise.all(queues.map((queue) => queue.close()));
    await rm(folder, { recursive: true });
    await replica.service.stop();
    await replica.sidecar.stop();
  }
}, 600_000);

/** What a kiosk's people punched: a few people at a time, those in no order at all. */
function workOfKiosk(people: string[], days: number): OfflineWork {
  const groups = Array.from({ length: PEOPLE_A_KIOSK / GROUP }, (_, group) =>
    workOffline(people.slice(group * GROUP, (group + 1) * GROUP), days),
  );
  return {
    punches: groups.flatMap(({ punches }) => punches),
    worked: new Map(groups.flatMap(({ worked }) => [...worked])),
  };
}

/** People of the default site, as employee's events would have brought them. */
async function hirePeople(ids: string[]): Promise<string> {
  const { sql, api, adminToken } = await world();
  const { body } = await api.call<{ data: { id: string; isDefault: boolean }[] }>('GET', '/api/sites?limit=100', {
    token: adminToken(),
  });
  const siteId = body.data.find(({ isDefault }) => isDefault)?.id;
  if (siteId === undefined) throw new Error('no default site');
  await sql('attendance')`
    insert into people (id, name, role, site_id, status, version)
    select id, 'Offline Worker', 'employee', ${siteId}, 'active', 1 from unnest(${ids}::uuid[]) id`;
  return siteId;
}

/** Calls of attendance go to the one process, the other and the gateway in turn, as an Ingress might spread them. */
function toEither(origins: string[]): typeof fetch {
  let turn = Math.floor(Math.random() * origins.length);
  return (input, init) => {
    const request = new Request(input, init);
    const { pathname, search } = new URL(request.url);
    if (!pathname.startsWith('/api/attendance')) return fetch(request);
    turn += 1;
    return fetch(new Request(`${origins[turn % origins.length]}${pathname}${search}`, request));
  };
}
