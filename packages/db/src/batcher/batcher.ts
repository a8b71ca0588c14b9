import { isOutage } from '../is-outage.ts';

export type BatchResult<O> = { ok: true; value: O } | { ok: false; error: unknown };

export interface BatcherOptions<I, O> {
  /** Handles items together and answers each, in order. When it throws, nothing of it may have happened. */
  run: (items: I[]) => Promise<BatchResult<O>[]>;
  /** Items per flight at most. */
  maxItems: number;
  /** Flights under way at once. */
  maxFlights: number;
  /**
   * Flights leave at least this far apart, ms: what a group costs is then shared by a steady stream's items, too, while
   * the item that comes alone still leaves at once. Default 0.
   */
  spacingMs?: number;
}

export interface Batcher<I, O> {
  /** Resolves or rejects with this item's own result. */
  add(item: I): Promise<O>;
  /** Resolves when nothing is waiting or under way. */
  idle(): Promise<void>;
  /** Items waiting or under way. */
  readonly pending: number;
}

interface Waiting<I, O> {
  item: I;
  settle: PromiseWithResolvers<O>;
}

/**
 * Lets requests that arrive together travel together. An item leaves at once when a flight is free, with those of the
 * same turn of the event loop; while all flights are busy, items gather. One bad item never fails its neighbours.
 */
export function createBatcher<I, O>(options: BatcherOptions<I, O>): Batcher<I, O> {
  const { run, maxItems, maxFlights, spacingMs = 0 } = options;
  const queue: Waiting<I, O>[] = [];
  let flights = 0;
  let pending = 0;
  let scheduled = false;
  let mayLeaveAt = Number.NEGATIVE_INFINITY;
  let idlers: (() => void)[] = [];

  function schedule(): void {
    if (scheduled || queue.length === 0 || flights >= maxFlights) return;
    scheduled = true;
    const early = mayLeaveAt - performance.now();
    // Not a microtask: requests read in the same turn each end their microtasks before the next one starts.
    if (early <= 0) setImmediate(leave);
    else setTimeout(leave, early);
  }

  function leave(): void {
    scheduled = false;
    mayLeaveAt = performance.now() + spacingMs;
    while (queue.length > 0 && flights < maxFlights) void fly(queue.splice(0, maxItems));
  }

  async function fly(batch: Waiting<I, O>[]): Promise<void> {
    flights++;
    await deliver(run, batch);
    flights--;
    pending -= batch.length;
    if (queue.length > 0) schedule();
    if (pending > 0) return;
    const waiting = idlers;
    idlers = [];
    for (const wake of waiting) wake();
  }

  return {
    add(item) {
      const settle = Promise.withResolvers<O>();
      pending++;
      queue.push({ item, settle });
      schedule();
      return settle.promise;
    },
    idle: () => (pending === 0 ? Promise.resolve() : new Promise((resolve) => idlers.push(resolve))),
    get pending() {
      return pending;
    },
  };
}

/** Runs a batch and answers each of its items; never throws. Halves what fails as a whole until the bad item is alone. */
async function deliver<I, O>(run: BatcherOptions<I, O>['run'], batch: Waiting<I, O>[]): Promise<void> {
  try {
    const results = await run(batch.map(({ item }) => item));
    for (const [index, { settle }] of batch.entries()) answer(settle, results[index]);
  } catch (error) {
    // With the database away every half would fail too, and a commit may have happened: nobody may try again for them.
    if (batch.length === 1 || isOutage(error)) {
      for (const { settle } of batch) settle.reject(error);
      return;
    }
    const middle = Math.ceil(batch.length / 2);
    await deliver(run, batch.slice(0, middle));
    await deliver(run, batch.slice(middle));
  }
}

function answer<O>(settle: PromiseWithResolvers<O>, result: BatchResult<O> | undefined): void {
  if (result === undefined) settle.reject(new Error('The batch gave no answer for this item.'));
  else if (result.ok) settle.resolve(result.value);
  else settle.reject(result.error);
}
