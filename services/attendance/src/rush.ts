/** Tells a rush at the door from calm, by how many punches come a second. */
export interface Rush {
  /** Call it with the size of each flight. */
  note(punches: number): void;
  /** Whether punches came at the rate of a rush a moment ago. Between two flights nobody waits, but the rush goes on. */
  lasts(): boolean;
}

export interface RushOptions {
  /** How long punches are counted together, ms. */
  windowMs?: number;
  /** How long a rush outlasts the moment its rate was reached, ms. */
  calmMs?: number;
  now?: () => number;
}

/** `perSecond` punches a second make a rush. */
export function createRush(perSecond: number, options: RushOptions = {}): Rush {
  const { windowMs = 200, calmMs = 300, now = () => performance.now() } = options;
  const enough = (perSecond * windowMs) / 1000;
  let windowEnds = Number.NEGATIVE_INFINITY;
  let count = 0;
  let until = Number.NEGATIVE_INFINITY;
  return {
    note(punches) {
      const at = now();
      if (at >= windowEnds) {
        windowEnds = at + windowMs;
        count = 0;
      }
      count += punches;
      if (count >= enough) until = at + calmMs;
    },
    lasts: () => now() < until,
  };
}
