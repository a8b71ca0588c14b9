import { setTimeout as sleep } from 'node:timers/promises';
import { type Api, type Call, expectStatus } from '../api.ts';

/** Attendance hears of new people and sites by events: within a moment, and at the latest when everything has settled. */
const hearsWithinMs = 60_000;

/** Asks again for a while where somebody is not known yet; the body of the answer. A 409 counts as done: somebody else is seeding, too. */
export async function untilHeardOf<T>(api: Api, method: string, path: string, call: Call): Promise<T> {
  for (const until = Date.now() + hearsWithinMs; ; await sleep(200)) {
    const answer = await api.call<T>(method, path, { patience: 5, ...call });
    if (![400, 404].includes(answer.status) || Date.now() > until) return expectStatus(answer, 200, 201, 204, 409);
  }
}
