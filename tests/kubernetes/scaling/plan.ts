import { expectStatus } from '@muster/demo';
import { administrator, api } from '../src/front-door.ts';

const quarterMs = 15 * 60_000;

interface SitePage {
  data: { id: string; isDefault: boolean }[];
}

/**
 * Plans `people` punches, half of them in, for the next quarter of an hour at the default site. The function it gives takes that
 * back.
 */
export async function planNextQuarter(people: number): Promise<() => Promise<void>> {
  const door = await api();
  const { token } = await administrator();
  const sites = expectStatus(await door.call<SitePage>('GET', '/api/sites?limit=100', { token, patience: 5 }), 200);
  const siteId = sites.data.find(({ isDefault }) => isDefault)?.id;
  const startsAt = Math.ceil((Date.now() + 1) / quarterMs) * quarterMs;
  const at = (ms: number): string => new Date(ms).toISOString();
  const half = Math.ceil(people / 2);
  const put = async (quarters: object[]): Promise<void> => {
    const body = { siteId, from: at(startsAt), to: at(startsAt + quarterMs), quarters };
    expectStatus(await door.call('PUT', '/api/attendance/planned-headcount', { token, body, patience: 5 }), 200);
  };
  await put([{ startsAt: at(startsAt), checkIns: half, checkOuts: people - half }]);
  return () => put([]);
}
