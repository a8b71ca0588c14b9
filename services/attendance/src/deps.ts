import { type Batcher, createBatcher, type Sql } from '@muster/db';
import type { Clock, Log } from '@muster/service-kit';
import { type ClassCache, noCache } from './class-cache.ts';
import type { DaySources } from './day-sources.ts';
import { type KioskKeys, kioskKeys } from './domain/kiosk-keys.ts';
import { localDay } from './domain/local-day.ts';
import type { Place } from './domain/place-person.ts';
import type { ScalingSettings } from './domain/pods-wanted.ts';
import type { Punch } from './domain/punch.ts';
import type { Session } from './domain/session.ts';
import { defaultSyncLimits, type SyncLimits } from './domain/sync/judge-punch.ts';
import { createOneAtATime, type OneAtATime } from './one-at-a-time.ts';
import type { Rush } from './rush.ts';
import { storedSources } from './sources/index.ts';
import { tracePunches } from './trace-punches.ts';
import { flyCheckIns } from './verbs/fly-check-ins.ts';
import { flyCheckOuts } from './verbs/fly-check-outs.ts';

/** What the verbs work with. */
export interface Deps {
  sql: Sql;
  log: Log;
  clock: Clock;
  relay: { wake(): void };
  /** Where people count whose own events have not arrived yet. */
  defaultPlace: Place;
  localDay: typeof localDay;
  /** What an attendance day is made of beside facts. */
  daySources: DaySources;
  /** Where marks of classes are cached. */
  classCache: ClassCache;
  /** How planned headcount becomes pods. */
  scaling: ScalingSettings;
  /** How far punches that were made offline are believed. */
  sync: SyncLimits;
  /** What people at kiosks are known by. `sql`: the connections of the punches, since they stand at the door. */
  kiosk: { sql: Sql; keys: KioskKeys; oneAtATime: OneAtATime };
  /** Told of punches as they come, so that publishing and days can wait for the door. */
  rush: Pick<Rush, 'note'>;
  /** Commit punches that arrive together, together. */
  checkIns: Batcher<Punch, Session>;
  checkOuts: Batcher<Punch, Session>;
}

export interface DepsOptions {
  sql: Sql;
  /** The connections of the punches, so that a slow report never keeps a person at the door. Default `sql`. */
  punchSql?: Sql;
  log: Log;
  clock: Clock;
  relay: { wake(): void };
  defaultPlace: Place;
  /** Default: what the service's own tables say. */
  daySources?: DaySources;
  /** Default: none, and every mark is read from the database. */
  classCache?: ClassCache;
  scaling: ScalingSettings;
  /** Default: a minute's tolerance, clocks off by a day, punches of 62 days. */
  sync?: SyncLimits;
  kioskSecret: string;
  flights: number;
  flightMax: number;
  flightSpacingMs?: number;
  /** Default: nobody listens. */
  rush?: Pick<Rush, 'note'>;
  /** Told the size of each flight. */
  onFlight?: (punches: number) => void;
}

/** Wires the verbs' dependencies. */
export function createDeps(o: DepsOptions): Deps {
  const flight = { sql: o.punchSql ?? o.sql, localDay, defaultPlace: o.defaultPlace };
  const size = { maxItems: o.flightMax, maxFlights: o.flights, spacingMs: o.flightSpacingMs ?? 0 };
  const rush = o.rush ?? { note() {} };
  const noted =
    <T>(fly: (punches: Punch[]) => T) =>
    (punches: Punch[]): T => {
      rush.note(punches.length);
      o.onFlight?.(punches.length);
      return fly(punches);
    };
  return {
    sql: o.sql,
    log: o.log,
    clock: o.clock,
    relay: o.relay,
    defaultPlace: o.defaultPlace,
    localDay,
    daySources: o.daySources ?? storedSources,
    classCache: o.classCache ?? noCache,
    scaling: o.scaling,
    sync: o.sync ?? defaultSyncLimits,
    rush,
    kiosk: { sql: flight.sql, keys: kioskKeys(o.kioskSecret), oneAtATime: createOneAtATime() },
    checkIns: tracePunches(
      'check-in',
      createBatcher({ ...size, run: noted((punches) => flyCheckIns(flight, punches)) }),
    ),
    checkOuts: tracePunches(
      'check-out',
      createBatcher({ ...size, run: noted((punches) => flyCheckOuts(flight, punches)) }),
    ),
  };
}
