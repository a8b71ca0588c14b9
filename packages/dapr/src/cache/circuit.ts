export interface CircuitOptions {
  /** Asks whether it is back; throws while it is not. */
  probe: () => Promise<unknown>;
  probeMs: number;
  /** Told when it opens (with the failure that did it) and when it closes. */
  onChange: (open: boolean, error?: unknown) => void;
  /** What callers get while it is open. */
  refuse: () => Error;
}

/** Failures in a row that open it: one slow answer is no outage. */
const opensAt = 3;

/**
 * Runs calls to something that may be away. Open, it refuses at once, and looks by itself now and then: no caller pays for
 * finding out whether it is back.
 */
export function createCircuit({ probe, probeMs, onChange, refuse }: CircuitOptions) {
  let failures = 0;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  const look = async (): Promise<void> => {
    try {
      await probe();
    } catch {
      if (!stopped) plan();
      return;
    }
    timer = undefined;
    failures = 0;
    onChange(false);
  };
  const plan = (): void => {
    timer = setTimeout(() => void look(), probeMs);
    timer.unref();
  };

  return {
    async run<T>(call: () => Promise<T>): Promise<T> {
      if (timer !== undefined) throw refuse();
      try {
        const answer = await call();
        failures = 0;
        return answer;
      } catch (error) {
        failures++;
        // Of many calls under way at once, one opens it.
        if (failures >= opensAt && timer === undefined && !stopped) {
          plan();
          onChange(true, error);
        }
        throw error;
      }
    },
    stop(): void {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
