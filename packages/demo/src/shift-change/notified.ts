import { type Api, expectStatus } from '../api.ts';
import { awaitAll } from './await-all.ts';

/** How many notifications the owner of `token` has had. */
export async function countNotifications(api: Api, token: string): Promise<number> {
  const answer = await api.call<{ meta: { total: number } }>('GET', '/api/notifications?limit=1', {
    token,
    patience: 5,
  });
  return expectStatus(answer, 200).meta.total;
}

/** Waits until `expected` more than `before` have come, or until nothing new has for `quietMs`; says how many did. */
export const awaitNotified = (o: {
  api: Api;
  token: string;
  before: number;
  expected: number;
  quietMs: number;
}): Promise<number> =>
  awaitAll({
    look: async () => (await countNotifications(o.api, o.token)) - o.before,
    count: (seen) => seen,
    expected: o.expected,
    quietMs: o.quietMs,
    everyMs: 300,
  });
