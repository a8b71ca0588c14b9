import { percentile } from '@muster/demo';
import type { Bench } from '../bench.ts';
import type { Outcome } from '../load/order.ts';
import { prepareLoad } from '../load/prepare-load.ts';
import { eventLoopP99Ms } from '../measure/event-loop.ts';
import type { Plan } from '../options.ts';
import { registerUsers } from '../people/register-users.ts';
import { checkPeopleIn } from './check-ins.ts';
import type { Run } from './scenario.ts';

/** Sign-ins beyond what the processors can hash, beside check-ins that go on. */
export interface LoginMix {
  offered: number;
  /** Shares of all sign-ins. */
  accepted: number;
  refused: number;
  /** Answered by anything else than 200, 429 or 503. */
  other: number;
  /** Refusals that said when to come back, as a share of them. */
  saidWhen: number;
  acceptedPerSecond: number;
  acceptedP99Ms: number;
  refusedP50Ms: number;
  refusedP99Ms: number;
  /** p99 of auth's event-loop delay; the 10 ms of its sampling counted in. */
  eventLoopP99Ms: number;
  /** The check-ins through the gateway: alone, and beside the sign-ins. */
  alone: Run;
  beside: Run;
}

const users = 60;
let bodies: string[] | undefined;

export async function runLogins(bench: Bench, plan: Plan, gatewayPerSecond: number): Promise<LoginMix> {
  bodies ??= await registerUsers(bench, users);
  const { loginSeconds: seconds, loginsPerSecond: rate, freshShare } = plan;
  const checkInRate = Math.min(plan.besideLogins, Math.round(gatewayPerSecond / 2));
  const origin = bench.platform.urls.platform;
  const checkIns = { origin, path: '/api/attendance/today', sql: bench.attendance, freshShare, connections: 512 };
  const crowd = { ...checkIns, rate: checkInRate, count: checkInRate * seconds };
  const alone = await checkPeopleIn(bench, crowd);

  const auth = bench.platform.urls.services.auth ?? '';
  // The sign-ins last longer, so that every check-in has company.
  const shots = Array.from({ length: rate * (seconds + 4) }, (_, at) => ({ body: bodies?.[at % users] ?? '' }));
  const path = '/api/auth/login';
  const load = await prepareLoad({ origin, method: 'POST', path, shots, connections: 256, rate });
  let logins: Promise<Outcome> | undefined;
  const beside = await checkPeopleIn(bench, {
    ...crowd,
    async beforeFire() {
      await eventLoopP99Ms(auth);
      logins = load.fire();
      await new Promise((resolve) => setTimeout(resolve, 2000));
    },
  });
  const outcome = (await logins) as Outcome;
  return { offered: rate, ...sumUp(outcome), eventLoopP99Ms: await eventLoopP99Ms(auth), alone, beside };
}

function sumUp({ statuses, latenciesMs, retryAfters, startedAt, endedAt }: Outcome) {
  const of = (...wanted: number[]) => Array.from(latenciesMs).filter((_, at) => wanted.includes(statuses[at] ?? 0));
  const [accepted, refused, all] = [of(200), of(429, 503), statuses.length];
  return {
    accepted: accepted.length / all,
    refused: refused.length / all,
    other: (all - accepted.length - refused.length) / all,
    saidWhen: refused.length === 0 ? 1 : retryAfters / refused.length,
    acceptedPerSecond: (accepted.length * 1000) / (endedAt - startedAt),
    acceptedP99Ms: percentile(accepted, 0.99),
    refusedP50Ms: percentile(refused, 0.5),
    refusedP99Ms: percentile(refused, 0.99),
  };
}
