import { setTimeout as sleep } from 'node:timers/promises';
import { v7 as uuid } from 'uuid';
import type { Answer, Api } from '../api.ts';
import type { Worker } from './people.ts';

/** How a person presses the button: once, twice at once, or again with the same key because no answer was seen. */
export type Habit = 'plain' | 'double-tap' | 'retry';

export interface Punched {
  /** The one session every accepted answer named, or undefined when nothing was accepted. */
  attendanceId: string | undefined;
  accepted: number;
  refused: number;
  /** Retries that were answered as the first time, byte for byte. */
  sameAnswers: number;
  latenciesMs: number[];
  /** What must not happen: another status, or two sessions. */
  oddities: string[];
}

interface SessionBody {
  id: string;
  code?: string;
}

export async function punch(api: Api, worker: Worker, path: string, habit: Habit): Promise<Punched> {
  const send = (key: string): Promise<Answer<SessionBody>> =>
    api.call<SessionBody>('POST', path, {
      token: worker.token,
      body: { source: 'mobile' },
      headers: { 'idempotency-key': key },
      patience: 10,
    });
  const key = uuid();
  const answers =
    habit === 'double-tap'
      ? await Promise.all([send(key), send(uuid())])
      : habit === 'retry'
        ? [await send(key), await send(key)]
        : [await send(key)];
  return judge(habit, answers);
}

function judge(habit: Habit, answers: Answer<SessionBody>[]): Punched {
  const accepted = answers.filter((answer) => answer.status === 201);
  const refused = answers.filter((answer) => answer.status === 409);
  const ids = new Set(accepted.map((answer) => answer.body.id));
  const oddities = answers
    .filter((answer) => answer.status !== 201 && answer.status !== 409)
    .map((answer) => `${answer.status} ${JSON.stringify(answer.body)}`);
  if (ids.size > 1) oddities.push(`two sessions for one person: ${[...ids].join(', ')}`);
  const bodies = new Set(accepted.map((answer) => JSON.stringify(answer.body)));
  return {
    attendanceId: [...ids][0],
    accepted: habit === 'retry' ? Math.min(accepted.length, 1) : accepted.length,
    refused: refused.length,
    sameAnswers: habit === 'retry' && accepted.length === 2 && bodies.size === 1 ? 1 : 0,
    latenciesMs: answers.map((answer) => answer.ms),
    oddities,
  };
}

/** Everybody punches once at a random moment of the window. */
export async function punchAll(o: {
  api: Api;
  workers: Worker[];
  path: string;
  windowMs: number;
  habitOf: (index: number) => Habit;
  onPunched: (count: number) => void;
}): Promise<Punched[]> {
  let done = 0;
  return Promise.all(
    o.workers.map(async (worker, index) => {
      await sleep(Math.random() * o.windowMs);
      const punched = await punch(o.api, worker, o.path, o.habitOf(index));
      done += 1;
      o.onPunched(done);
      return punched;
    }),
  );
}
