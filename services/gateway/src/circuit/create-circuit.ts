/** `half-open`: it is time for a request to try whether the app answers again. */
export type CircuitState = 'closed' | 'open' | 'half-open';

/** One request on its way to the app; one of the three says how it went, and only the first word counts. */
export interface Pass {
  /** The app answered, whatever it said: it is there. */
  answered(): void;
  /** It was not reached, broke off before it answered, or said nothing in time. */
  failed(): void;
  /** Nobody knows: the client went away, or the request was never one to pass on. */
  dropped(): void;
}

export interface Circuit {
  /** A pass for one attempt, or the seconds to wait while the app is left alone. */
  enter(): Pass | { waitSeconds: number };
  state(): CircuitState;
}

export interface CircuitOptions {
  /** Attempts that must have failed, with no answer since the first of them began. 0: it never opens. */
  failures: number;
  /** How long there must have been no answer. Longer than requests are tried again, or it would cut them short. */
  silentMs: number;
  /** How long the app is left alone between two probes. */
  restMs: number;
  now?: () => number;
  onChange?: (open: boolean) => void;
}

/** A probe that has said nothing for this long does not keep the next one from going. */
const probeMs = 5000;

/**
 * Opens when an app has not answered anything for a while although it was asked; then nothing goes out but one probe after
 * each rest, and the first answer closes it. Any answer counts as one, errors as well: this asks whether somebody is there.
 */
export function createCircuit(o: CircuitOptions): Circuit {
  const now = o.now ?? (() => performance.now());
  let failures = 0;
  let silentSince = 0;
  let lastAnswer = Number.NEGATIVE_INFINITY;
  let openUntil: number | undefined;
  let probeSince: number | undefined;

  const close = (): void => {
    failures = 0;
    lastAnswer = now();
    probeSince = undefined;
    if (openUntil === undefined) return;
    openUntil = undefined;
    o.onChange?.(false);
  };
  const fail = (startedAt: number): void => {
    // Others have been answered since this one began: it was slow, the app is not away.
    if (startedAt < lastAnswer) return;
    silentSince = failures === 0 ? startedAt : Math.min(silentSince, startedAt);
    failures += 1;
    if (openUntil !== undefined || o.failures === 0) return;
    if (failures < o.failures || now() - silentSince < o.silentMs) return;
    openUntil = now() + o.restMs;
    o.onChange?.(true);
  };
  const pass = (startedAt: number, isProbe: boolean): Pass => {
    let settled = false;
    const once = (run: () => void) => (): void => {
      if (settled) return;
      settled = true;
      if (isProbe && probeSince === startedAt) probeSince = undefined;
      run();
    };
    return {
      answered: once(close),
      failed: once(() => {
        fail(startedAt);
        if (isProbe && openUntil !== undefined) openUntil = now() + o.restMs;
      }),
      dropped: once(() => undefined),
    };
  };

  return {
    enter() {
      const at = now();
      if (openUntil === undefined) return pass(at, false);
      const probing = probeSince !== undefined && at - probeSince < probeMs;
      const restMs = Math.max(openUntil - at, probing ? o.restMs : 0);
      if (restMs > 0) return { waitSeconds: Math.ceil(restMs / 1000) };
      probeSince = at;
      return pass(at, true);
    },
    state() {
      if (openUntil === undefined) return 'closed';
      return now() < openUntil ? 'open' : 'half-open';
    },
  };
}
