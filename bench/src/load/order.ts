/** One request of a load. */
export interface Shot {
  token?: string;
  /** Sent as `Idempotency-Key`. */
  key?: string;
  body?: string;
  /** Instead of the order's. */
  path?: string;
}

/** What a load generator is to do. */
export interface Order {
  /** `http://host:port` */
  origin: string;
  method: 'GET' | 'POST';
  path: string;
  shots: readonly Shot[];
  /** Keep-alive connections, all open before the clock starts. */
  connections: number;
  /**
   * Requests per second, sent when their time has come whether or not earlier ones were answered (open loop); their
   * latency counts from that time. Without it each connection sends again as soon as it was answered (closed loop).
   */
  rate?: number;
}

/** What came of it. `latenciesMs[i]` and `statuses[i]` belong to `shots[i]`; status 0 is a connection that broke. */
export interface Outcome {
  /** Unix milliseconds, with fractions. */
  startedAt: number;
  endedAt: number;
  latenciesMs: Float64Array;
  statuses: Uint16Array;
  /** Answers 429 and 503 that said when to come back. */
  retryAfters: number;
  /** Processor time of the generator itself. */
  cpuMs: number;
}

export type ToGenerator = { kind: 'prepare'; order: Order } | { kind: 'go' };
export type FromGenerator = { kind: 'ready' } | { kind: 'done'; outcome: Outcome };
