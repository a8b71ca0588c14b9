import type { CorrectionFact } from '../days/index.ts';

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
 * Whether a fact still says the last word about its punch: nobody corrected it since, or whoever did was withdrawn, and it was not
 * withdrawn itself. Correcting anything else would only make a conflict.
 */
export function saysLastWord(corrections: readonly CorrectionFact[], id: string): boolean {
  const live = (of: string): CorrectionFact[] =>
    corrections.filter((one) => one.targetId === of && !isWithdrawn(one.id));
  // A correction is withdrawn by a void that stands.
  const isWithdrawn = (of: string): boolean => live(of).some(({ change }) => change === 'void');
  return live(id).length === 0;
}
