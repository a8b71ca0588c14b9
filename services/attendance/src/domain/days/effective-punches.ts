import type { Conflict, CorrectionFact, EffectivePunch, Fact } from './facts.ts';
import { liveCorrections } from './live-corrections.ts';

/** Two corrections of one fact, and where the day they concern is to be found. */
export interface Contest extends Conflict {
  atMs: number;
  zone: string | undefined;
}

type Standing = EffectivePunch | null;

/**
 * What the set of facts says after every correction has been heard, in no particular order, and the facts that two corrections
 * contradict each other about. A correction whose target has not arrived yet stands for itself.
 */
export function effectivePunches(facts: readonly Fact[]): { punches: EffectivePunch[]; contests: Contest[] } {
  const unique = new Map(facts.map((fact) => [fact.id, fact]));
  const successors = new Map<string, CorrectionFact[]>();
  const roots = new Map<string, Standing>();
  for (const fact of unique.values()) {
    if (fact.kind === 'punch') {
      const origin = fact.source === 'auto' ? 'AUTO' : fact.source === 'correction' ? 'CORRECTION' : 'PUNCH';
      roots.set(fact.id, { id: fact.id, type: fact.type, atMs: fact.atMs, origin, zone: fact.zone, decidedAtMs: 0 });
    } else if (fact.targetId === null) roots.set(fact.id, standingOf(fact));
    else {
      successors.set(fact.targetId, [...(successors.get(fact.targetId) ?? []), fact]);
      if (!unique.has(fact.targetId)) roots.set(fact.targetId, null);
    }
  }
  const { live, latest } = liveCorrections(successors);

  const punches: EffectivePunch[] = [];
  const contests: Contest[] = [];
  for (const [root, first] of roots) {
    let standing = first;
    let atMs = first?.atMs;
    let zone = first?.zone;
    const involved: string[] = [];
    let contested = false;
    for (let id = root, next = latest(live(id)); next; id = next.id, next = latest(live(id))) {
      const rivals = live(id);
      contested ||= rivals.length > 1;
      involved.push(...rivals.map((one) => one.id));
      zone = standing?.zone ?? zone;
      standing = standingOf(next, zone);
      atMs = standing?.atMs ?? atMs ?? rivals.find((one) => one.punch)?.punch?.atMs;
    }
    if (standing) punches.push(standing);
    if (contested && atMs !== undefined) {
      const factIds = [...(unique.has(root) ? [root] : []), ...involved].sort();
      contests.push({ kind: 'TWO_CORRECTIONS', factIds, countedId: standing?.id ?? null, atMs, zone });
    }
  }
  return { punches, contests };
}

function standingOf({ id, punch, decidedAtMs }: CorrectionFact, zone?: string): Standing {
  return punch && { id, type: punch.type, atMs: punch.atMs, origin: 'CORRECTION', zone, decidedAtMs };
}
