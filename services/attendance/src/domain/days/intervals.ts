/** Half-open spans of time, Unix milliseconds: from included, to excluded. */
export interface Interval {
  fromMs: number;
  toMs: number;
}

/** The same time without overlaps or empty spans, in order; spans that touch are one. */
export function union(spans: readonly Interval[]): Interval[] {
  const merged: Interval[] = [];
  for (const { fromMs, toMs } of [...spans]
    .filter((one) => one.toMs > one.fromMs)
    .sort((a, b) => a.fromMs - b.fromMs)) {
    const last = merged.at(-1);
    if (last && fromMs <= last.toMs) last.toMs = Math.max(last.toMs, toMs);
    else merged.push({ fromMs, toMs });
  }
  return merged;
}

/** What both cover. */
export function intersection(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  const right = union(b);
  return union(a).flatMap((one) =>
    right
      .map((two) => ({ fromMs: Math.max(one.fromMs, two.fromMs), toMs: Math.min(one.toMs, two.toMs) }))
      .filter(({ fromMs, toMs }) => toMs > fromMs),
  );
}

/** What the first covers and the second does not. */
export function difference(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  let rest = union(a);
  for (const cut of union(b))
    rest = rest.flatMap(({ fromMs, toMs }) =>
      [
        { fromMs, toMs: Math.min(toMs, cut.fromMs) },
        { fromMs: Math.max(fromMs, cut.toMs), toMs },
      ].filter((one) => one.toMs > one.fromMs),
    );
  return rest;
}

/** Milliseconds covered. */
export function total(spans: readonly Interval[]): number {
  return union(spans).reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
}

/** The spans that lie between so much covered time and so much more, counted from the first: `slice(work, 8 h, ∞)` is what came after eight hours. */
export function slice(spans: readonly Interval[], fromCovered: number, toCovered: number): Interval[] {
  let passed = 0;
  const parts: Interval[] = [];
  for (const { fromMs, toMs } of union(spans)) {
    const begin = Math.max(fromMs, fromMs + fromCovered - passed);
    const end = Math.min(toMs, fromMs + toCovered - passed);
    if (end > begin) parts.push({ fromMs: begin, toMs: end });
    passed += toMs - fromMs;
  }
  return parts;
}
