import type { QueuedPunch } from '@muster/client';
import { v7 as uuid } from 'uuid';

const minute = 60_000;
const day = 24 * 60 * minute;

/** What the people of one kiosk punched while it was offline, and what each of their days comes to. */
export interface OfflineWork {
  punches: QueuedPunch[];
  /** Milliseconds of work by `person date`. */
  worked: Map<string, number>;
}

/**
 * Four stays a day on each of the last `days` days, of lengths that tell people and days apart. Their hours lie within one date
 * wherever clocks are within five hours of UTC.
 */
export function workOffline(people: string[], days: number, now = Date.now()): OfflineWork {
  const today = Math.floor(now / day) * day;
  const punches: QueuedPunch[] = [];
  const worked = new Map<string, number>();
  for (const [index, employeeId] of people.entries()) {
    for (let back = 1; back <= days; back += 1) {
      const date = today - back * day;
      let sum = 0;
      for (let stay = 0; stay < 4; stay += 1) {
        const inAt = date + (5.5 + stay * 3.25) * 60 * minute + ((index * 7 + back) % 30) * minute;
        const length = (90 + ((index * 13 + back * 5 + stay * 3) % 60)) * minute;
        punches.push(punch(employeeId, 'IN', inAt), punch(employeeId, 'OUT', inAt + length));
        sum += length;
      }
      worked.set(`${employeeId} ${new Date(date).toISOString().slice(0, 10)}`, sum);
    }
  }
  return { punches: shuffled(punches), worked };
}

const punch = (employeeId: string, type: 'IN' | 'OUT', at: number): QueuedPunch => ({
  ...{ clientId: uuid(), employeeId, type, occurredAt: new Date(at).toISOString() },
});

export function shuffled<T>(all: readonly T[]): T[] {
  return all
    .map((one) => ({ one, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);
}
