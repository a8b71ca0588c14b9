import type { CorrectionFact } from '../days/index.ts';
import { liveCorrections } from '../days/live-corrections.ts';

/** The first fact of a chain of corrections: the punch it is about, or the correction that added one. */
export function rootOf(corrections: readonly CorrectionFact[], id: string): string {
  const byId = new Map(corrections.map((one) => [one.id, one]));
  const seen = new Set<string>();
  let root = id;
  for (let one = byId.get(id); one?.targetId && !seen.has(one.id); one = byId.get(one.targetId)) {
    seen.add(one.id);
    root = one.targetId;
  }
  return root;
}

/** Every correction that says something about the same punch as the fact `id`. */
export function chainOf(corrections: readonly CorrectionFact[], id: string): CorrectionFact[] {
  const root = rootOf(corrections, id);
  return corrections.filter((one) => one.id === root || rootOf(corrections, one.id) === root);
}

/**
 * Whether a fact says the last word about its punch: a chain of corrections that stand leads to it and ends there. Correcting anything else
 * would only make a conflict; who withdrew a correction and thinks better of it corrects what stands since.
 */
export function saysLastWord(corrections: readonly CorrectionFact[], id: string): boolean {
  const byId = new Map(corrections.map((one) => [one.id, one]));
  const { live } = liveCorrections(Map.groupBy(corrections, ({ targetId }) => targetId ?? ''));
  const stands = (fact: string): boolean => {
    const { targetId = null } = byId.get(fact) ?? {};
    return targetId === null || (live(targetId).some((one) => one.id === fact) && stands(targetId));
  };
  return live(id).length === 0 && stands(id);
}
