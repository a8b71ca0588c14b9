import { median } from '../measure/summarise.ts';

/**
 * The median of every number in a row of equally shaped results, group by group; text is taken from the first. A key that only
 * some have counts where it is there.
 */
export function medians<T extends object>(runs: readonly T[]): T {
  const keys = new Set(runs.flatMap((run) => Object.keys(run)));
  const entries = [...keys].map((key) => {
    const values = runs.map((run) => (run as Record<string, unknown>)[key]).filter((value) => value !== undefined);
    return [key, middle(values)] as const;
  });
  return Object.fromEntries(entries) as T;
}

function middle(values: readonly unknown[]): unknown {
  if (values.every((value) => typeof value === 'number')) {
    const known = values.filter((value) => !Number.isNaN(value));
    return known.length === 0 ? Number.NaN : median(known);
  }
  if (values.every((value) => typeof value === 'object' && value !== null)) return medians(values as object[]);
  return values[0];
}
