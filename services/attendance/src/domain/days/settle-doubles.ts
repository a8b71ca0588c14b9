import type { Conflict, EffectivePunch } from './facts.ts';
import { later } from './live-corrections.ts';
import { isDoor } from './order-punches.ts';

/** A day's punches once it is decided which of those that say the same thing counts. */
export interface SettledPunches {
  /** In order of time. */
  counted: EffectivePunch[];
  conflicts: Conflict[];
  /** Punched twice within the repeat time: the first counts. */
  repeated: string[];
  /** Automatic check-outs that a real punch made needless. */
  superseded: string[];
}

/** Decides about check-ins without a check-out in between, and the reverse, of one day. */
export function settleDoubles(
  ordered: readonly EffectivePunch[],
  { punches, repeatMs }: { punches: 'BY_TYPE' | 'ALTERNATING'; repeatMs: number },
): SettledPunches {
  const superseded = punches === 'BY_TYPE' ? needlessByType(ordered) : needlessByCount(ordered);
  const rest = ordered.filter(({ id }) => !superseded.includes(id));
  // Where types are not believed, a double is a contradiction only when somebody would be left inside by it.
  const mayConflict = punches === 'BY_TYPE' || rest.filter(isDoor).length % 2 === 1;
  const aside = new Set<string>();
  const repeated: string[] = [];
  const conflicts: Conflict[] = [];
  let last: EffectivePunch | undefined;
  let open: Conflict | undefined;
  for (const punch of rest.filter(isDoor)) {
    const same = last !== undefined && last.type === punch.type;
    if (same && last && punch.atMs - last.atMs <= repeatMs && punch.origin !== 'AUTO') {
      repeated.push(punch.id);
      aside.add(punch.id);
    } else if (same && last && mayConflict && (last.origin === 'CORRECTION' || punch.origin === 'CORRECTION')) {
      const winner = stronger(last, punch);
      const loser = winner === last ? punch : last;
      aside.add(loser.id);
      if (!open) {
        open = { kind: punch.type === 'IN' ? 'TWO_CHECK_INS' : 'TWO_CHECK_OUTS', factIds: [], countedId: null };
        conflicts.push(open);
      }
      open.factIds = [...new Set([...open.factIds, last.id, punch.id])].sort();
      open.countedId = winner.id;
      last = winner;
    } else {
      last = punch;
      open = undefined;
    }
  }
  return { counted: rest.filter(({ id }) => !aside.has(id)), conflicts, repeated, superseded };
}

/** What a person decided beats a device; of two decisions the later; never chance. */
function stronger(a: EffectivePunch, b: EffectivePunch): EffectivePunch {
  if (a.origin !== b.origin) return a.origin === 'CORRECTION' ? a : b;
  return later([b.decidedAtMs, b.id], [a.decidedAtMs, a.id]) ? b : a;
}

/** An automatic check-out counts only right after a check-in, with no real check-out before the next. */
function needlessByType(ordered: readonly EffectivePunch[]): string[] {
  const doors = ordered.filter(isDoor);
  return doors.flatMap((punch, i) => {
    if (punch.origin !== 'AUTO') return [];
    const next = doors.slice(i + 1).find(({ origin }) => origin !== 'AUTO');
    return doors[i - 1]?.type !== 'IN' || next?.type === 'OUT' ? [punch.id] : [];
  });
}

function needlessByCount(ordered: readonly EffectivePunch[]): string[] {
  const real = ordered.filter((punch) => isDoor(punch) && punch.origin !== 'AUTO');
  const lastMs = real.at(-1)?.atMs ?? Number.POSITIVE_INFINITY;
  const autos = ordered.filter(({ origin }) => origin === 'AUTO');
  const useful = real.length % 2 === 1 ? autos.find(({ atMs }) => atMs >= lastMs) : undefined;
  return autos.filter((auto) => auto !== useful).map(({ id }) => id);
}
