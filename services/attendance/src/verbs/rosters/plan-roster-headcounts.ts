import { systemActor } from '@muster/contracts';
import { type Tx, withTransaction } from '@muster/db';
import type { Deps } from '../../deps.ts';
import { mergeQuarters, type PlannedQuarter, quarterMs, type Span } from '../../domain/planned-load.ts';
import { countHeads } from '../../domain/rosters/count-heads.ts';
import { headcountDates, headcountDays } from '../../domain/rosters/planned-through.ts';
import { findFullLeave } from '../../sql/leave/find-full-leave.ts';
import { lockHeadcountPlan } from '../../sql/lock-headcount-plan.ts';
import { takeHeadcountSite } from '../../sql/rosters/headcount-queue.ts';
import { listPeopleOfSite } from '../../sql/rosters/list-people-in-sight.ts';
import { replaceHeadcount } from '../replace-headcount.ts';
import { readPlannedShifts } from './read-planned-shifts.ts';

const lowest = '00000000-0000-0000-0000-000000000000';
const peopleAtATime = 500;

type HeadcountDeps = Pick<Deps, 'sql' | 'clock' | 'relay'>;

/**
 * Counts anew how many people the roster expects, from now on for two weeks, at every site whose plan changed: whoever is not
 * on leave for the whole day. Returns the sites. Sites
 * that another process counts are left to it; one that fails is counted again.
 */
export async function planRosterHeadcounts(deps: HeadcountDeps): Promise<number> {
  for (let sites = 0; ; sites++) {
    if (!(await planNextSite(deps))) return sites;
    deps.relay.wake();
  }
}

function planNextSite(deps: HeadcountDeps): Promise<boolean> {
  return withTransaction(deps.sql, async (tx) => {
    const siteId = await takeHeadcountSite(tx);
    if (siteId === undefined) return false;
    // Before counting: who counts a site later has seen more, and writes later.
    await lockHeadcountPlan(tx, siteId);
    const fromMs = Math.floor(deps.clock.now().epochMilliseconds / quarterMs) * quarterMs;
    const span = { fromMs, toMs: fromMs + headcountDays * 24 * 3_600_000 };
    const quarters = await countSite(tx, deps, siteId, span);
    await replaceHeadcount(tx, deps, systemActor, { siteId, span, quarters, source: 'ROSTER' });
    return true;
  });
}

async function countSite(tx: Tx, { clock }: HeadcountDeps, siteId: string, span: Span): Promise<PlannedQuarter[]> {
  const dates = headcountDates(clock.now().epochMilliseconds);
  let quarters: PlannedQuarter[] = [];
  for (let after = lowest; ; ) {
    const people = await listPeopleOfSite(tx, siteId, after, peopleAtATime);
    const ranges = people.map((employeeId) => ({ employeeId, ...dates }));
    const planned = await readPlannedShifts(tx, ranges);
    const away = await findFullLeave(tx, ranges);
    const expected = [...planned].flatMap(([id, shifts]) => shifts.filter(({ date }) => !away.has(`${id} ${date}`)));
    quarters = mergeQuarters([...quarters, ...countHeads(expected, span)]);
    const last = people.at(-1);
    if (last === undefined) return quarters;
    after = last;
  }
}
