import { randomUUID } from 'node:crypto';
import type { Sql } from '@muster/db';
import type { Bench } from '../bench.ts';
import type { Shot } from '../load/order.ts';
import { runLoad } from '../load/prepare-load.ts';
import { isFresh, mintPeople } from './mint-people.ts';
import { projectPeople } from './project-people.ts';

/** What a phone sends. */
const body = JSON.stringify({ source: 'mobile', latitude: 52.52, longitude: 13.405, accuracyM: 12 });

export interface Crowd {
  count: number;
  /** Share whose token the service has never seen. */
  freshShare: number;
  /** Where the others were seen before: a cheap authenticated GET there. */
  origin: string;
  path: string;
  /** Database with the people the service knows. */
  sql: Sql;
}

/** New people about to check in once each, with the warming-up of their tokens done. */
export async function gather(bench: Bench, { count, freshShare, origin, path, sql }: Crowd): Promise<Shot[]> {
  const people = await mintPeople(bench.key, count);
  await projectPeople(sql, people, bench.siteId);
  const known = people.filter((_, index) => !isFresh(index, freshShare)).map(({ token }) => ({ token }));
  await runLoad({ origin, method: 'GET', path, shots: known, connections: 64 });
  // Every run begins with the same debt to the disk.
  await bench.server`checkpoint`;
  return people.map(({ token }) => ({ token, key: randomUUID(), body }));
}
