import type { PunchFact } from '../days/index.ts';
import { closingTime } from '../session.ts';
import { sessionIdOf } from './derived-id.ts';
import type { Stay } from './stays-of.ts';

/** A session as it is stored, as far as facts decide it. Instants are Unix milliseconds. */
export interface SessionState {
  id: string;
  employeeId: string;
  siteId: string;
  inId: string;
  outId: string | null;
  checkInAtMs: number;
  checkOutAtMs: number | null;
  date: string;
  zone: string;
  source: PunchFact['source'];
  version: number;
  auto: boolean;
  breakSinceMs: number | null;
  flags: string[];
}

/** What has to be written so that the sessions are what the facts say. */
export interface Amendment {
  removed: SessionState[];
  changed: SessionState[];
  added: SessionState[];
}

/** Where a check-in counts, and on which local date. */
export interface StayPlace {
  siteId: string;
  zone: string;
  date: string;
  source: PunchFact['source'];
  flags: string[];
}

export const missingCheckOut = 'MISSING_CHECK_OUT';

/** Compares what is stored with the stays. A session that already says the same is not touched, so the door does not wait for it. */
export function amendSessions(
  employeeId: string,
  stored: readonly SessionState[],
  stays: readonly Stay[],
  placeOf: (stay: Stay) => StayPlace,
): Amendment {
  const byIn = new Map(stored.map((session) => [session.inId, session]));
  const amendment: Amendment = { removed: [], changed: [], added: [] };
  const kept = new Set<string>();
  for (const stay of stays) {
    const there = byIn.get(stay.inId);
    const same = there?.checkInAtMs === stay.fromMs ? there : undefined;
    const wanted = sessionOf(employeeId, same, stay, placeOf(stay));
    if (!same) amendment.added.push(wanted);
    else {
      kept.add(same.id);
      if (differs(same, wanted)) amendment.changed.push({ ...wanted, version: same.version + 1 });
    }
  }
  amendment.removed = stored.filter(({ id }) => !kept.has(id));
  return amendment;
}

function sessionOf(employeeId: string, there: SessionState | undefined, stay: Stay, place: StayPlace): SessionState {
  const { siteId, zone, date, source } = place;
  const { inId, fromMs, toMs, missed } = stay;
  const flags = [...new Set([...place.flags, ...(missed ? [missingCheckOut] : [])])].sort();
  return {
    id: there?.id ?? sessionIdOf(inId, fromMs),
    employeeId,
    siteId,
    inId,
    outId: stay.outId,
    checkInAtMs: fromMs,
    checkOutAtMs: missed ? fromMs : toMs === null ? null : closingTime(fromMs, toMs),
    date,
    zone,
    source,
    version: toMs === null && !missed ? 1 : 2,
    auto: stay.auto,
    breakSinceMs: stay.breakSinceMs,
    flags,
  };
}

const told = ({ outId, checkOutAtMs, auto, breakSinceMs, flags, siteId, date }: SessionState): string =>
  JSON.stringify([outId, checkOutAtMs, auto, breakSinceMs, [...flags].sort(), siteId, date]);
const differs = (a: SessionState, b: SessionState): boolean => told(a) !== told(b);
