import { setTimeout as sleep } from 'node:timers/promises';
import { type Api, expectStatus } from '../api.ts';

/** How many notifications the owner of `token` has had. */
export async function countNotifications(api: Api, token: string): Promise<number> {
  const answer = await api.call<{ meta: { total: number } }>('GET', '/api/notifications?limit=1', {
    token,
    patience: 5,
  });
  return expectStatus(answer, 200).meta.total;
}

/** Waits until at least `expected` more than `before` have come, or until nothing new has for `quietMs`; says how many did. */
export async function awaitNotified(o: {
  api: Api;
  token: string;
  before: number;
  expected: number;
  quietMs: number;
}): Promise<number> {
  let last = -1;
  let lastNews = Date.now();
  for (;;) {
    const count = (await countNotifications(o.api, o.token)) - o.before;
    if (count > last) {
      last = count;
      lastNews = Date.now();
    }
    if (count >= o.expected || Date.now() - lastNews > o.quietMs) return count;
    await sleep(300);
  }
}
