import type { RuleChange } from '../domain/days/index.ts';
import { plusDays } from '../domain/days/wall-time.ts';
import { cutTimeline, rulesTimeline } from '../domain/timesheets/rule-version.ts';
import { findSitesOfPeople } from '../sql/timesheets/find-sites-of-people.ts';
import { findApprovals } from '../sql/timesheets/overtime-approvals.ts';
import { findRuleVersions } from '../sql/timesheets/rule-versions.ts';
import type { Source } from './source.ts';

/** The rules of a site with their changes in these ranges, and overtime that was decided upon. */
export const ruleSource: Source<'rules' | 'ruleChanges' | 'approvals'> = async (db, ranges) => {
  const sites = await findSitesOfPeople(
    db,
    ranges.map(({ employeeId }) => employeeId),
  );
  const versions = await findRuleVersions(db, [...new Set(sites.values())]);
  const approvals = await findApprovals(db, ranges);
  const timelines = new Map<string | null, RuleChange[]>();
  return new Map(
    ranges.map(({ employeeId, from, to }) => {
      const siteId = sites.get(employeeId) ?? null;
      const timeline = timelines.get(siteId) ?? rulesTimeline(versions, siteId);
      timelines.set(siteId, timeline);
      // A week is counted by the rules of the date it began on, up to so long before.
      return [
        employeeId,
        { ...cutTimeline(timeline, plusDays(from, -10), to), approvals: approvals.get(employeeId) ?? [] },
      ];
    }),
  );
};
