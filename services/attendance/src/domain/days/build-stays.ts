import type { EffectivePunch } from './facts.ts';
import { isDoor } from './order-punches.ts';

/** From a check-in to its check-out. Unix milliseconds. */
export interface Stay {
  inId: string;
  /** Null: no check-out is known. */
  outId: string | null;
  fromMs: number;
  toMs: number | null;
  /** Closed by an automatic check-out. */
  auto: boolean;
}

export interface PunchedBreak {
  startId: string;
  /** The end of the break, or the check-out that ended it; null: still on it. */
  endId: string | null;
  fromMs: number;
  toMs: number | null;
}

export interface Stays {
  stays: Stay[];
  breaks: PunchedBreak[];
  /** Punches that end what never began. */
  unpaired: EffectivePunch[];
}

/** Pairs a day's counted punches, in order of time: check-ins with check-outs, breaks with their ends. */
export function buildStays(counted: readonly EffectivePunch[], punches: 'BY_TYPE' | 'ALTERNATING'): Stays {
  const stays: Stay[] = [];
  const unpaired: EffectivePunch[] = [];
  let open: Stay | undefined;
  for (const [i, punch] of counted.filter(isDoor).entries()) {
    const comes = punches === 'BY_TYPE' ? punch.type === 'IN' : i % 2 === 0;
    if (comes) {
      open = { inId: punch.id, outId: null, fromMs: punch.atMs, toMs: null, auto: false };
      stays.push(open);
    } else if (open) {
      Object.assign(open, { outId: punch.id, toMs: punch.atMs, auto: punch.origin === 'AUTO' });
      open = undefined;
    } else unpaired.push(punch);
  }
  return { stays, breaks: pairBreaks(counted, stays, unpaired), unpaired: unpaired.sort(byTime) };
}

function pairBreaks(counted: readonly EffectivePunch[], stays: readonly Stay[], unpaired: EffectivePunch[]) {
  const outs = new Set(stays.map(({ outId }) => outId));
  const breaks: PunchedBreak[] = [];
  let open: PunchedBreak | undefined;
  for (const punch of counted) {
    if (punch.type === 'BREAK_START') {
      if (open) unpaired.push(punch);
      else {
        open = { startId: punch.id, endId: null, fromMs: punch.atMs, toMs: null };
        breaks.push(open);
      }
    } else if (punch.type === 'BREAK_END' || outs.has(punch.id)) {
      if (open) Object.assign(open, { endId: punch.id, toMs: punch.atMs });
      else if (punch.type === 'BREAK_END') unpaired.push(punch);
      open = undefined;
    }
  }
  return breaks;
}

const byTime = (a: EffectivePunch, b: EffectivePunch): number => a.atMs - b.atMs || (a.id < b.id ? -1 : 1);
