import { untilQuiet } from './measure/machine-load.ts';
import { takeTurn } from './measure/take-turn.ts';
import type { Plan } from './options.ts';

// Platforms at rest, ours and perhaps another one, use a tenth of a core each.
const restCores = 0.5;
const disturbedCores = 0.4;
const quietLimitMs = 90_000;

/**
 * Measures, and on a machine with others at work (`--patient`) waits for a quiet moment first and measures again, up to so many
 * times, when they came back meanwhile. Keeps the least disturbed one.
 */
export async function undisturbed<T>(
  plan: Plan,
  measure: () => Promise<T>,
  othersCores: (result: T) => number,
): Promise<T> {
  let best: T | undefined;
  for (let attempt = 0; attempt <= plan.patience; attempt++) {
    const giveBack = plan.lock === undefined ? undefined : await takeTurn(plan.lock);
    try {
      if (plan.patience > 0) await untilQuiet(restCores, quietLimitMs);
      const result = await measure();
      if (best === undefined || othersCores(result) < othersCores(best)) best = result;
    } finally {
      await giveBack?.();
    }
    if (othersCores(best) <= disturbedCores) break;
  }
  return best as T;
}
