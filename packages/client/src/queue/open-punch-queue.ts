import type { Client } from '../create-client.ts';
import type { PunchStorage, Trouble } from '../storage/storage.ts';
import { makePunch, type NewPunch, type QueuedPunch } from './queued-punch.ts';
import { type Flushed, sendWaiting } from './send-waiting.ts';

export interface PunchQueueOptions {
  client: Client;
  storage: PunchStorage;
  /** Punches a call; 1,000 by default, which is the most. */
  batch?: number;
  /** Of a kiosk all of whose punches go through this queue: tells the server until when it has been told everything. */
  isKiosk?: boolean;
  now?: () => Date;
}

/** Punches that are made now and sent when there is a network. */
export interface PunchQueue {
  /** Makes a punch: its id and time are of this moment, and it is durable when this resolves. Throws ZodError on nonsense. */
  punch(punch: NewPunch): Promise<QueuedPunch>;
  /** As `punch`, all or none. */
  punchAll(punches: readonly NewPunch[]): Promise<QueuedPunch[]>;
  /** Sends what waits; calls at one time share one run. Throws MusterUnreachable or MusterProblem, and keeps what was not taken. */
  flush(): Promise<Flushed>;
  countWaiting(): Promise<number>;
  /** What was not simply taken, oldest first, until it is dismissed. */
  troubles(): Promise<Trouble[]>;
  dismiss(clientIds: readonly string[]): Promise<void>;
  /** Waits for the run that is under way and closes the storage. */
  close(): Promise<void>;
}

export function openPunchQueue(options: PunchQueueOptions): PunchQueue {
  const { client, storage, batch = 1000, isKiosk = false, now = () => new Date() } = options;
  let running: Promise<Flushed> | undefined;
  let next: Promise<Flushed> | undefined;
  // Punches on their way into the storage: nothing may be called complete past the oldest of them.
  const adding = new Set<{ oldest: string }>();

  const completeUntil = (lookedAt: Date): string =>
    [lookedAt.toISOString(), ...[...adding].map(({ oldest }) => oldest)].sort()[0] as string;

  const run = (): Promise<Flushed> => {
    next = undefined;
    running = sendWaiting({
      storage,
      batch,
      now,
      send: async (punches, completeUntil) => {
        const body = { punches: [...punches], ...(completeUntil === undefined ? {} : { completeUntil }) };
        return (await client.attendance.sync(body, now)).results;
      },
      completeUntil: (lookedAt) => (isKiosk ? completeUntil(lookedAt) : undefined),
    }).finally(() => {
      running = undefined;
    });
    return running;
  };

  async function punchAll(inputs: readonly NewPunch[]): Promise<QueuedPunch[]> {
    const punches = inputs.map((input) => makePunch(input, now()));
    const mark = { oldest: punches.map(({ occurredAt }) => occurredAt).sort()[0] ?? '' };
    if (punches.length > 0) adding.add(mark);
    try {
      await storage.add(punches);
      return punches;
    } finally {
      adding.delete(mark);
    }
  }

  return {
    punchAll,
    punch: async (input) => (await punchAll([input]))[0] as QueuedPunch,
    flush() {
      if (running === undefined) return run();
      // The run under way may have had its last look already: one more follows it, for everybody who asks meanwhile.
      next ??= running.then(run, run);
      return next;
    },
    countWaiting: () => storage.countWaiting(),
    troubles: () => storage.troubles(),
    dismiss: (clientIds) => storage.dismiss(clientIds),
    async close() {
      await next?.catch(() => {});
      await running?.catch(() => {});
      await storage.close();
    },
  };
}
