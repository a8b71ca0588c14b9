import type { PersonRecord } from './person-record.ts';
import type { RuleSet } from './rules.ts';

/** The version of the rules a date is counted by. At most one change begins on a date. */
export function rulesOn({ rules, ruleChanges }: Pick<PersonRecord, 'rules' | 'ruleChanges'>, date: string): RuleSet {
  if (!ruleChanges || ruleChanges.length === 0) return rules;
  let from = '';
  let current = rules;
  for (const change of ruleChanges)
    if (change.from <= date && change.from > from) {
      from = change.from;
      current = change.rules;
    }
  return current;
}
