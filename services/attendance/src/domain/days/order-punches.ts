import type { EffectivePunch, PunchType } from './facts.ts';

const rankWhenOut: Record<PunchType, number> = { IN: 0, BREAK_START: 1, BREAK_END: 2, OUT: 3 };
const rankWhenIn: Record<PunchType, number> = { BREAK_END: 0, OUT: 1, IN: 2, BREAK_START: 3 };

/**
 * Punches in order of time. At one instant: who was in leaves before coming again, who was out comes before leaving. Only check-ins
 * within their `longestStayMs` before are looked at, so that old history never decides.
 */
export function orderPunches(
  punches: readonly EffectivePunch[],
  longestStayMs: (checkIn: EffectivePunch) => number,
): EffectivePunch[] {
  const ordered = [...punches].sort((a, b) => a.atMs - b.atMs || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  let lastDoor: EffectivePunch | undefined;
  for (let from = 0; from < ordered.length; ) {
    const atMs = ordered[from]?.atMs ?? 0;
    let to = from + 1;
    while (ordered[to]?.atMs === atMs) to++;
    if (to - from > 1) {
      const isIn = lastDoor?.type === 'IN' && atMs - lastDoor.atMs <= longestStayMs(lastDoor);
      const rank = isIn ? rankWhenIn : rankWhenOut;
      const sorted = ordered.slice(from, to).sort((a, b) => rank[a.type] - rank[b.type]);
      ordered.splice(from, to - from, ...sorted);
    }
    lastDoor = ordered.slice(from, to).findLast(isDoor) ?? lastDoor;
    from = to;
  }
  return ordered;
}

/** Whether somebody came or left for good; breaks are inside a stay. */
export const isDoor = ({ type }: EffectivePunch): boolean => type === 'IN' || type === 'OUT';
