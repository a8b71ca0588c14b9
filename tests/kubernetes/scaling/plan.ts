import { expectStatus } from '@muster/demo';
import { administrator, api } from '../src/front-door.ts';

const quarterMs = 15 * 60_000;

interface SitePage {
  data: { id: string; isDefault: boolean }[];
}

/** Plans `people` punches for the next quarter of an hour at the default site; 0 takes that back. */
export async function planNextQuarter(people: number, nowMs: number): Promise<void> {
  const door = await api();
  const { token } = await administrator();
  const sites = expectStatus(await door.call<SitePage>('GET', '/api/sites?limit=100', { token, patience: 5 }), 200);
  const siteId = sites.data.find(({ isDefault }) => isDefault)?.id;
  const startsAt = Math.ceil((nowMs + 1) / quarterMs) * quarterMs;
  const at = (ms: number): string => new Date(ms).toISOString();
  const half = Math.ceil(people / 2);
  const body = {
    siteId,
    from: at(startsAt),
    to: at(startsAt + quarterMs),
    quarters: people === 0 ? [] : [{ startsAt: at(startsAt), checkIns: half, checkOuts: people - half }],
  };
  expectStatus(await door.call('PUT', '/api/attendance/planned-headcount', { token, body, patience: 5 }), 200);
}
