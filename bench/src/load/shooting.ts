import type { Answer } from './answer-reader.ts';
import type { Connection } from './connection.ts';
import type { Order, Outcome } from './order.ts';
import { renderShot } from './render.ts';

/** Keeps the score of one load while a loop decides when to fire. */
export interface Shooting {
  readonly count: number;
  /** Sends shot `index`; its latency counts from `from` (performance clock). */
  fire(connection: Connection, index: number, from: number): void;
  /** Called by {@link Shooting.answered} when the connection may be used again. */
  onFree: (connection: Connection) => void;
  answered(connection: Connection, answer: Answer): void;
  /** Resolves with the score when every shot was answered. */
  readonly done: Promise<Outcome>;
}

/** Starts the clock. Requests are rendered before. */
export function startShooting(order: Order, rendered: readonly string[] = renderAll(order)): Shooting {
  const count = rendered.length;
  const latenciesMs = new Float64Array(count);
  const statuses = new Uint16Array(count);
  const underWay = new Map<Connection, { index: number; from: number }>();
  const { promise: done, resolve } = Promise.withResolvers<Outcome>();
  const cpu = process.cpuUsage();
  const startedAt = performance.timeOrigin + performance.now();
  let answers = 0;
  let retryAfters = 0;

  const finish = (): void => {
    const { user, system } = process.cpuUsage(cpu);
    const endedAt = performance.timeOrigin + performance.now();
    resolve({ startedAt, endedAt, latenciesMs, statuses, retryAfters, cpuMs: (user + system) / 1000 });
  };
  if (count === 0) finish();

  const shooting: Shooting = {
    count,
    done,
    onFree: () => {},
    fire(connection, index, from) {
      underWay.set(connection, { index, from });
      connection.send(rendered[index] as string);
    },
    answered(connection, { status, retryAfter }) {
      const shot = underWay.get(connection);
      if (!shot) return;
      underWay.delete(connection);
      latenciesMs[shot.index] = performance.now() - shot.from;
      statuses[shot.index] = status;
      if (retryAfter && (status === 429 || status === 503)) retryAfters++;
      if (++answers === count) finish();
      else shooting.onFree(connection);
    },
  };
  return shooting;
}

export const renderAll = (order: Order): string[] => order.shots.map((shot) => renderShot(order, shot));
