/** Tells a rush at the door from calm, by how many punches take off together. */
export interface Rush {
  /** Call it with the size of each flight. */
  note(punches: number): void;
  /** Whether a large flight left a moment ago. Between two flights nobody waits, but the rush goes on. */
  lasts(): boolean;
}

/** `flightSize` punches in one flight make a rush; it is over `calmMs` after the last such flight. */
export function createRush(flightSize: number, calmMs = 300, now: () => number = () => performance.now()): Rush {
  let until = Number.NEGATIVE_INFINITY;
  return {
    note(punches) {
      if (punches >= flightSize) until = now() + calmMs;
    },
    lasts: () => now() < until,
  };
}
