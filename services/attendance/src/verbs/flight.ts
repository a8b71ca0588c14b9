import { type BatchResult, isUniqueViolation, type Sql } from '@muster/db';
import type { localDay } from '../domain/local-day.ts';
import type { Place } from '../domain/place-person.ts';
import type { Punch } from '../domain/punch.ts';
import { repeatPunch } from '../domain/repeat-punch.ts';
import type { Session } from '../domain/session.ts';
import { findPriorPunches, type PriorPunch, priorKey } from '../sql/find-prior-punches.ts';
import type { Around } from '../sql/sync/find-people-at-door.ts';

export interface FlightDeps {
  sql: Sql;
  localDay: typeof localDay;
  defaultPlace: Place;
}

export type Landing = BatchResult<Session>;

/** Between which instants the punches of a flight lie. */
export const around = (punches: readonly Punch[]): Around => {
  const instants = punches.map(({ atMs }) => atMs);
  return { fromMs: Math.min(...instants), toMs: Math.max(...instants) };
};

/** Runs a decision for one punch; what it throws fails that punch only. */
export function land(decide: () => Session): Landing {
  try {
    return { ok: true, value: decide() };
  } catch (error) {
    return { ok: false, error };
  }
}

const withKeys = (punches: readonly Punch[]) =>
  punches.flatMap(({ employeeId, retry }) => (retry ? [{ employeeId, key: retry.key }] : []));

/** What the flight's idempotency keys were used for before. */
export const priorsOf = (deps: FlightDeps, punches: readonly Punch[]): Promise<Map<string, PriorPunch>> =>
  findPriorPunches(deps.sql, withKeys(punches));

export const priorOf = (priors: Map<string, PriorPunch>, { employeeId, retry }: Punch): PriorPunch | undefined =>
  retry ? priors.get(priorKey(employeeId, retry.key)) : undefined;

/**
 * Answers punches the database refused: the retry of one that was accepted meanwhile gets that one's answer, the rest
 * `refusal`. Never throws: its neighbours are committed already and must hear so.
 */
export async function landRefused(
  deps: FlightDeps,
  refused: readonly Punch[],
  refusal: () => Error,
): Promise<Map<Punch, Landing>> {
  try {
    const priors = await priorsOf(deps, refused);
    return new Map(
      refused.map((punch) => {
        const prior = priorOf(priors, punch);
        return [punch, prior ? land(() => repeatPunch(punch, prior)) : { ok: false, error: refusal() }];
      }),
    );
  } catch (error) {
    return new Map(refused.map((punch) => [punch, { ok: false, error }]));
  }
}

/** Runs a flight again when a key was committed by another process between the look and the write. */
export async function retryOnKeyRace<T>(fly: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await fly();
    } catch (error) {
      if (attempt >= 3 || !isUniqueViolation(error, 'punches_idempotency')) throw error;
    }
  }
}

/** Everybody takes rows in the same order, or two flights with the same people would deadlock. */
export function inOrderOfPeople<T extends { punch: Punch }>(rows: T[]): T[] {
  return rows.sort((a, b) =>
    a.punch.employeeId < b.punch.employeeId ? -1 : a.punch.employeeId > b.punch.employeeId ? 1 : 0,
  );
}
