import { AppError } from '@muster/contracts';
import type { RuleVersion } from '@muster/contracts/http/attendance-rules';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { describeRuleVersion } from '../../domain/timesheets/rule-version.ts';
import { findRuleVersion } from '../../sql/timesheets/rule-versions.ts';

/** One version of the rules, as a day names it. Throws `not_found`. */
export async function getRules(deps: Deps, actor: Actor, id: string): Promise<RuleVersion> {
  authorise(actor, 'rules.read');
  const found = await findRuleVersion(deps.sql, id);
  if (!found) throw new AppError('not_found', 'There are no such rules.');
  return describeRuleVersion(found);
}
