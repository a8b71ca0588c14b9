import { setTimeout as sleep } from 'node:timers/promises';
import type { Api } from '@muster/demo';
import { v7 as uuid } from 'uuid';
import type { Person } from '../src/front-door.ts';

/** One punch as the client saw it. */
export interface Seen {
  /** Seconds from the beginning of the rush when it was due; calm before the rush is negative. */
  atS: number;
  /** 201, 503, …; or why there was no answer. */
  status: number | string;
  /** From the moment it was due, also while it waited for a connection. */
  ms: number;
}

/** A stretch of steady load. */
export interface Stretch {
  seconds: number;
  perSecond: number;
}

/**
 * People who clock in and out by turns, in an open loop: a punch leaves when it is due, however slow the others are. Nobody asks
 * again, so every refusal is seen; `beganAt` is the rush's beginning by `performance.now()`.
 */
export async function punchThrough(
  api: Api,
  people: readonly Person[],
  stretches: readonly Stretch[],
  beganAt: number,
): Promise<Seen[]> {
  const seen: Seen[] = [];
  const inside = new Set<Person>();
  const turns = new Map<Person, Promise<void>>();
  const punch = async (person: Person, dueMs: number): Promise<void> => {
    const way = inside.has(person) ? 'out' : 'in';
    const status = await api
      .call('POST', `/api/attendance/check-${way}`, {
        token: person.token,
        body: {},
        headers: { 'idempotency-key': uuid() },
      })
      .then((answer) => answer.status)
      .catch((error: { code?: string }) => error.code ?? String(error));
    // 409: an earlier punch got through although its answer did not.
    if (status === 201 || status === 409) way === 'in' ? inside.add(person) : inside.delete(person);
    seen.push({ atS: (dueMs - beganAt) / 1000, status, ms: performance.now() - dueMs });
  };
  let due = performance.now();
  let next = 0;
  for (const { seconds, perSecond } of stretches) {
    const end = due + seconds * 1000;
    for (; due < end; due += 1000 / perSecond) {
      if (due > performance.now()) await sleep(due - performance.now());
      const person = people[next++ % people.length] as Person;
      const at = due;
      turns.set(
        person,
        (turns.get(person) ?? Promise.resolve()).then(() => punch(person, at)),
      );
    }
  }
  await Promise.all(turns.values());
  return seen;
}
