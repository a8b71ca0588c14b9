import type { RuleSetBody, RuleVersion } from '@muster/contracts/http/attendance-rules';
import { freshRules, plainRules, type RuleChange, type RuleSet } from '../days/index.ts';
import { isoInstant } from '../instant.ts';

/** A version of the rules as it is kept. */
export interface StoredRuleVersion {
  id: string;
  /** Counts all versions, in the order they were said. */
  seq: number;
  /** Null: of every site without rules of its own. */
  siteId: string | null;
  /** `YYYY-MM-DD`, the first date it counts for. */
  validFrom: string;
  name: string;
  /** A {@link RuleSet} without its version, as JSON; null: the site has none of its own from then on. */
  rules: string | null;
  createdAtMs: number;
}

/** What days name as their rules. */
export const ruleVersionName = (seq: number): string => `rules-${seq}`;

/** Rules as they are kept: the fields in one order, so that the same rules are the same bytes. */
export function storedRules({ week, ...body }: RuleSetBody): string {
  const { version: _, ...rules }: RuleSet = {
    version: '',
    punches: body.punches,
    span: body.span,
    longestStayMinutes: body.longestStayMinutes,
    repeatMinutes: body.repeatMinutes,
    breaks: body.breaks,
    autoClose: body.autoClose,
    standardDayMinutes: body.standardDayMinutes,
    overtime: body.overtime,
    week: week && {
      anchorMs: Temporal.Instant.from(week.anchorAt).epochMilliseconds,
      afterMinutes: week.afterMinutes,
      maxMinutes: week.maxMinutes,
    },
    rounding: body.rounding,
  };
  return JSON.stringify(rules);
}

/** A version as clients see it. */
export function describeRuleVersion({ seq, rules, createdAtMs, ...one }: StoredRuleVersion): RuleVersion {
  return {
    id: one.id,
    version: ruleVersionName(seq),
    siteId: one.siteId,
    validFrom: one.validFrom,
    name: one.name,
    rules: rules === null ? null : describeRules(JSON.parse(rules)),
    createdAt: isoInstant(createdAtMs),
  };
}

function describeRules({ week, ...rules }: Omit<RuleSet, 'version'>): RuleSetBody {
  const { anchorMs, ...limits } = week ?? { anchorMs: 0, afterMinutes: 0, maxMinutes: 0 };
  return { ...rules, week: week && { anchorAt: isoInstant(anchorMs), ...limits } };
}

/** Where nobody said rules. Months before keep those they were counted and paid by. */
const unsaid: readonly RuleChange[] = [
  { from: '', rules: plainRules },
  { from: '2026-11-01', rules: freshRules },
];
const unsaidOn = (date: string): RuleSet => unsaid.findLast(({ from }) => from <= date)?.rules ?? plainRules;

/**
 * Which rules count at a site from when on, given all versions: its own, or where it has none those of every site, or a fresh platform's. The first
 * entry counts from the beginning of time; of two versions from one date the later said one counts.
 */
export function rulesTimeline(versions: readonly StoredRuleVersion[], siteId: string | null): RuleChange[] {
  const on = (date: string, of: string | null): StoredRuleVersion | undefined =>
    versions
      .filter((one) => one.siteId === of && one.validFrom <= date)
      .reduce<StoredRuleVersion | undefined>((last, one) => (last && isLater(last, one) ? last : one), undefined);
  const said = versions.filter((one) => one.siteId === null || one.siteId === siteId).map((one) => one.validFrom);
  const timeline: RuleChange[] = [];
  for (const from of [...new Set([...unsaid.map((one) => one.from), ...said])].sort()) {
    const own = siteId === null ? undefined : on(from, siteId);
    const rules = ruleSetOf(own?.rules ? own : on(from, null)) ?? unsaidOn(from);
    if (rules.version !== timeline.at(-1)?.rules.version) timeline.push({ from, rules });
  }
  return timeline;
}

const isLater = (a: StoredRuleVersion, b: StoredRuleVersion): boolean =>
  a.validFrom === b.validFrom ? a.seq > b.seq : a.validFrom > b.validFrom;

function ruleSetOf(one: StoredRuleVersion | undefined): RuleSet | undefined {
  return one?.rules ? { version: ruleVersionName(one.seq), ...JSON.parse(one.rules) } : undefined;
}

/** The part of a timeline that dates from `from` to `to` need. */
export function cutTimeline(
  timeline: readonly RuleChange[],
  from: string,
  to: string,
): { rules: RuleSet; ruleChanges: RuleChange[] } {
  const first = timeline.findLast((change) => change.from <= from)?.rules ?? plainRules;
  return { rules: first, ruleChanges: timeline.filter((change) => change.from > from && change.from <= to) };
}
