import type { Stoppable } from '@muster/db';
import { every } from '@muster/service-kit';
import type { Deps } from '../deps.ts';
import { keepInstants } from '../verbs/rosters/keep-instants.ts';
import { lookAhead } from '../verbs/rosters/look-ahead.ts';
import { planRosterHeadcounts } from '../verbs/rosters/plan-roster-headcounts.ts';

const second = 1000;

/** Keeps days, headcount and instants up with the plan. Every process may run them: the database decides who does. */
export function startRosterJobs(deps: Deps): Stoppable {
  const { log } = deps;
  const jobs = [
    every({ everyMs: 5 * second, name: 'roster headcount', log, work: () => planRosterHeadcounts(deps) }),
    every({ everyMs: 60 * second, name: 'roster look ahead', log, work: () => lookAhead(deps) }),
    every({ everyMs: 300 * second, name: 'roster instants', log, work: () => keepInstants(deps) }),
  ];
  return {
    async stop() {
      await Promise.all(jobs.map((job) => job.stop()));
    },
  };
}
