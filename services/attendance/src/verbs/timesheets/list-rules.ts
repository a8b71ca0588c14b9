import type { CursorPage } from '@muster/contracts';
import type { RuleVersion, RuleVersionsQuery } from '@muster/contracts/http/attendance-rules';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { describeRuleVersion } from '../../domain/timesheets/rule-version.ts';
import { listRuleVersions } from '../../sql/timesheets/rule-versions.ts';

/** Every version of the rules, the last said first. */
export async function listRules(deps: Deps, actor: Actor, query: RuleVersionsQuery): Promise<CursorPage<RuleVersion>> {
  authorise(actor, 'rules.read');
  const { cursor, siteId, limit } = query;
  const beyond = cursor === undefined ? undefined : Number(cursor);
  const found = await listRuleVersions(deps.sql, { beyond, siteId, limit: limit + 1 });
  const page = found.slice(0, limit);
  const nextCursor = found.length > limit ? String(page.at(-1)?.seq) : null;
  return { data: page.map(describeRuleVersion), meta: { nextCursor } };
}
