import { mergeQuarters, type PlannedQuarter, peakPerSecond, quarterMs, type Span } from './planned-load.ts';

/** How planned headcount becomes pods. */
export interface ScalingSettings {
  /** Check-ins and check-outs a second that one pod takes. */
  punchesPerPodSecond: number;
  /** How many times as busy as its average the busiest minute of a quarter is; at least 1. */
  peakFactor: number;
  /** How long before a quarter begins its pods are wanted, in milliseconds. */
  leadMs: number;
  minPods: number;
  maxPods: number;
}

export interface PodsWanted {
  /** Between `minPods` and `maxPods`. */
  pods: number;
  /** True when more than `maxPods` would be needed. */
  capped: boolean;
}

/** Pods from one instant on. */
export interface PodStep extends PodsWanted {
  /** Unix milliseconds. */
  fromMs: number;
}

// 600 / 0.1 is a hair above 6000 in floating point: that hair must not cost a pod.
const hair = 1e-9;

/** Pods that take `perSecond` punches a second. */
export function podsFor(perSecond: number, settings: ScalingSettings): PodsWanted {
  const needed = Math.ceil((perSecond / settings.punchesPerPodSecond) * (1 - hair));
  return {
    pods: Math.min(Math.max(needed, settings.minPods), settings.maxPods),
    capped: needed > settings.maxPods,
  };
}

/** When a quarter's pods are wanted: from its lead time before it begins until it ends. */
export function podSpan(quarter: Pick<PlannedQuarter, 'startsAtMs'>, settings: Pick<ScalingSettings, 'leadMs'>): Span {
  return { fromMs: quarter.startsAtMs - settings.leadMs, toMs: quarter.startsAtMs + quarterMs };
}

/**
 * Pods wanted at an instant (Unix milliseconds): enough for the busiest of the quarters that are on or begin within the lead
 * time. `planned` may hold several sites, in any order.
 */
export function podsAt(planned: readonly PlannedQuarter[], atMs: number, settings: ScalingSettings): PodsWanted {
  const rates = mergeQuarters(planned)
    .filter((quarter) => {
      const { fromMs, toMs } = podSpan(quarter, settings);
      return fromMs <= atMs && atMs < toMs;
    })
    .map((quarter) => peakPerSecond(quarter, settings.peakFactor));
  return podsFor(Math.max(0, ...rates), settings);
}

/** How many pods when, between two instants: the first step begins with the span, each further one is a change. */
export function planPods(planned: readonly PlannedQuarter[], span: Span, settings: ScalingSettings): PodStep[] {
  const merged = mergeQuarters(planned);
  const inside = merged
    .flatMap((quarter) => Object.values(podSpan(quarter, settings)))
    .filter((atMs) => atMs > span.fromMs && atMs < span.toMs);
  const moments = [...new Set([span.fromMs, ...inside])].sort((a, b) => a - b);
  const steps: PodStep[] = [];
  for (const fromMs of moments) {
    const wanted = podsAt(merged, fromMs, settings);
    const last = steps.at(-1);
    if (last?.pods !== wanted.pods || last.capped !== wanted.capped) steps.push({ fromMs, ...wanted });
  }
  return steps;
}
