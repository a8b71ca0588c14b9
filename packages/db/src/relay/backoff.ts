/** Milliseconds to wait after the `failures`-th failure in a row: doubling from `firstMs` to `mostMs`, half of it random. */
export function backoffMs(failures: number, firstMs: number, mostMs: number): number {
  const full = Math.min(firstMs * 2 ** Math.max(0, failures - 1), mostMs);
  return full * (0.5 + Math.random() / 2);
}
