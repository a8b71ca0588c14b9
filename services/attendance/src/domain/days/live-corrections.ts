import type { CorrectionFact } from './facts.ts';

export interface LiveCorrections {
  /** The corrections of a fact that nobody withdrew. */
  live(id: string): CorrectionFact[];
  /** Of several the one that was spoken about last, by itself or by what corrects it. */
  latest(ones: readonly CorrectionFact[]): CorrectionFact | undefined;
}

/** Which corrections stand, by the ids of what they are about. */
export function liveCorrections(successors: ReadonlyMap<string, readonly CorrectionFact[]>): LiveCorrections {
  const live = (id: string): CorrectionFact[] => (successors.get(id) ?? []).filter((one) => !withdrawn(one));
  const withdrawn = (one: CorrectionFact): boolean => latest(live(one.id))?.change === 'void';
  const newest = (one: CorrectionFact): [number, string] =>
    live(one.id)
      .map(newest)
      .reduce((a, b) => (later(b, a) ? b : a), [one.decidedAtMs, one.id]);
  const latest = (ones: readonly CorrectionFact[]): CorrectionFact | undefined =>
    ones.reduce<CorrectionFact | undefined>((a, b) => (a && !later(newest(b), newest(a)) ? a : b), undefined);
  return { live, latest };
}

/** Whether a decision came after another; ids settle a tie, so that every process agrees. */
export function later([aMs, aId]: [number, string], [bMs, bId]: [number, string]): boolean {
  return aMs > bMs || (aMs === bMs && aId > bId);
}
