import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  createClient,
  isProblem,
  openPunchQueue,
  type PunchQueue,
  type QueuedPunch,
  type Trouble,
} from '@muster/client';
import { openFileStorage } from '@muster/client/file-storage';
import type { Plan, PunchType } from './plan.ts';
import type { WeekSite } from './setup.ts';

export interface WeekKiosks {
  /** The kiosk with a network sends what it has, day by day. */
  sendOnline(): Promise<number>;
  /** The kiosk without one gets it back: it lost power meanwhile, and sends everything, in no order. */
  sendOffline(): Promise<number>;
  /** Sends what it sent before, once more; how many the server took for new. */
  repeat(): Promise<number>;
  /** The fact that a punch became; the server knows it by the punch's own id. */
  factOf(employeeId: string, type: PunchType, atMs: number): Promise<string>;
  troubles(): Promise<Trouble[]>;
  close(): Promise<void>;
}

/** Two kiosks, each with its file of punches, in which the whole week has been punched. */
export async function openKiosks(origin: string, plan: Plan, site: WeekSite): Promise<WeekKiosks> {
  const folder = await mkdtemp(path.join(tmpdir(), 'muster-week-'));
  const clients = site.kiosks.map((deviceToken) =>
    createClient({ origin, credentials: { deviceToken }, attempts: 10 }),
  );
  const open = (kiosk: 0 | 1): PunchQueue =>
    openPunchQueue({
      client: clients[kiosk] as (typeof clients)[0],
      storage: openFileStorage(path.join(folder, `kiosk-${kiosk}.punches`)),
      isKiosk: true,
      batch: 25,
    });
  const queues: [PunchQueue, PunchQueue] = [open(0), open(1)];

  const punchesOf = (kiosk: 0 | 1) =>
    plan.people.flatMap((person, index) =>
      (person.kiosk === kiosk ? person.days : []).flatMap(({ punches }) =>
        punches.map(({ type, atMs }) => ({
          ...{ type, employeeId: (site.people[index] as { id: string }).id },
          occurredAt: new Date(atMs).toISOString(),
        })),
      ),
    );
  const online = punchesOf(0).sort((a, b) => (a.occurredAt < b.occurredAt ? -1 : 1));
  const offline = shuffled(punchesOf(1));
  const made = [await queues[0].punchAll(online), await queues[1].punchAll(offline)] as const;

  return {
    sendOnline: async () => (await flushPatiently(queues[0])).taken,
    async sendOffline() {
      await queues[1].close();
      queues[1] = open(1);
      return (await flushPatiently(queues[1])).taken;
    },
    async repeat() {
      const { results } = await (clients[0] as (typeof clients)[0]).attendance.sync({ punches: shuffled(made[0]) });
      return results.filter(({ status }) => status !== 'duplicate').length;
    },
    async factOf(employeeId, type, atMs) {
      const isIt = (punch: QueuedPunch): boolean =>
        punch.employeeId === employeeId && punch.type === type && Date.parse(punch.occurredAt) === atMs;
      const kiosk = made[0].some(isIt) ? 0 : 1;
      const client = clients[kiosk] as (typeof clients)[0];
      const { results } = await client.attendance.sync({ punches: made[kiosk].filter(isIt) });
      return results[0]?.punchId ?? '';
    },
    troubles: async () => [...(await queues[0].troubles()), ...(await queues[1].troubles())],
    async close() {
      await Promise.all(queues.map((queue) => queue.close()));
      await rm(folder, { recursive: true });
    },
  };
}

/** Attendance hears of new people and kiosks by events: what it does not know yet it asks to send again. */
async function flushPatiently(queue: PunchQueue): ReturnType<PunchQueue['flush']> {
  for (const until = Date.now() + 60_000; ; ) {
    try {
      return await queue.flush();
    } catch (error) {
      if (!isProblem(error, 'unavailable', 'overloaded', 'rate_limited') || Date.now() > until) throw error;
    }
  }
}

function shuffled<T>(all: readonly T[]): T[] {
  return all
    .map((one) => ({ one, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);
}
