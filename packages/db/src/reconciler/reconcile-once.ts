import { withTransaction } from '../transaction.ts';
import type { Log, Sql } from '../types.ts';
import { findUnconfirmed, type UnconfirmedRow } from './find-unconfirmed.ts';
import { saveVerdicts, type Verdicts } from './save-verdicts.ts';
import { lostOf, newSubscriber, type Subscriber } from './subscriber.ts';

/** Asks an app which of these events it has neither handled nor parked. Throws when it cannot be asked. */
export type AskMissing = (app: string, ids: string[]) => Promise<string[]>;

export interface PassOptions {
  sql: Sql;
  log: Log;
  missing: AskMissing;
  subscribers: (topic: string) => readonly string[];
  limit: number;
  laterS: number;
  patienceMs: number;
  /** What is remembered between passes, by app. */
  memory: Map<string, Subscriber>;
}

export interface Pass {
  checked: number;
  arrived: number;
  lost: number;
  unsure: number;
}

// One pass at a time per database, whichever process runs it. The number only has to be ours.
const lockKey = 7_268_538;

/** Checks one batch of published events with their subscribers and notes which arrived, and which to publish again. */
export function reconcileOnce(options: PassOptions): Promise<Pass> {
  return withTransaction(options.sql, async (tx) => {
    const [lock] = await tx<{ mine: boolean }[]>`select pg_try_advisory_xact_lock(${lockKey}) as mine`;
    const rows = lock?.mine === true ? await findUnconfirmed(tx, options.limit) : [];
    const verdicts = await judge(rows, options);
    await saveVerdicts(tx, verdicts, options.laterS);
    const { arrived, lost, unsure } = verdicts;
    return { checked: rows.length, arrived: arrived.length, lost: lost.length, unsure: unsure.length };
  });
}

async function judge(rows: readonly UnconfirmedRow[], options: PassOptions): Promise<Verdicts> {
  const lost = new Set<string>();
  const unsure = new Set<string>();
  for (const app of new Set(rows.flatMap(({ topic }) => options.subscribers(topic)))) {
    const asked = rows.filter(({ topic }) => options.subscribers(topic).includes(app));
    const missing = await ask(app, asked, options);
    const subscriber = options.memory.get(app) ?? newSubscriber();
    options.memory.set(app, subscriber);
    if (missing === undefined) {
      for (const { id } of asked) unsure.add(id);
      continue;
    }
    for (const id of missing) unsure.add(id);
    for (const id of lostOf(subscriber, asked, missing, performance.now(), options.patienceMs)) lost.add(id);
  }
  const ids = rows.map(({ id }) => id);
  return {
    arrived: ids.filter((id) => !lost.has(id) && !unsure.has(id)),
    lost: ids.filter((id) => lost.has(id)),
    unsure: ids.filter((id) => unsure.has(id) && !lost.has(id)),
  };
}

async function ask(app: string, rows: readonly UnconfirmedRow[], { missing, log }: PassOptions) {
  const ids = rows.map(({ id }) => id);
  try {
    return new Set(await missing(app, ids));
  } catch (error) {
    log.debug({ app, err: error }, 'a subscriber cannot be asked what arrived');
    return undefined;
  }
}
