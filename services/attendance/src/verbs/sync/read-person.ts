import type { Deps } from '../../deps.ts';
import { type PersonRecord, plainRules } from '../../domain/days/index.ts';
import { rulesOn } from '../../domain/days/rules-on.ts';
import type { Place } from '../../domain/place-person.ts';
import { type Amendment, amendSessions, type SessionState, type StayPlace } from '../../domain/sync/amend-sessions.ts';
import { beginsAnew, type Reach } from '../../domain/sync/clear-dates.ts';
import { type Stay, type StayRules, type Stays, staysOf } from '../../domain/sync/stays-of.ts';
import type { Touched } from '../../sql/sync/find-reach.ts';
import type { DoorFacts } from '../../sql/sync/load-door-facts.ts';

/** Rules in force, and changes of them still to come. */
export type RuleHistory = Pick<PersonRecord, 'rules' | 'ruleChanges'>;

/** What is known of the part of a person's history that is read again. */
export interface PartOfPerson {
  reach: Reach;
  known: DoorFacts;
  rules: RuleHistory | undefined;
  home: Place;
  sessions: readonly SessionState[];
}

export interface PersonRead {
  amendment: Amendment;
  conflicts: Stays['conflicts'];
}

/** What has to be written so that a person's sessions say what their facts say; or that a larger part has to be read to know it. */
export function readPerson(
  { localDay }: Pick<Deps, 'localDay'>,
  touched: Touched,
  { reach, known, rules, home, sessions }: PartOfPerson,
): PersonRead | { again: Touched } {
  const { facts, places } = known;
  const { start, end } = reach;
  const stayRules: StayRules = {
    rulesOn: (date) => rulesOn(rules ?? { rules: plainRules }, date),
    localDate: ({ atMs, zone }) => localDay(atMs, zone ?? home.zone).date,
  };
  if (end && !beginsAnew(facts, end, stayRules)) return { again: { ...touched, untilMs: Number.POSITIVE_INFINITY } };
  const { stays, conflicts, clear } = staysOf(facts, stayRules, reach);
  if (start && !clear) return { again: { ...touched, fromMs: start.fromMs, withSession: true } };
  const amendment = amendSessions(touched.employeeId, sessions, stays, placing(localDay, places, home));
  return { amendment, conflicts };
}

/** A stay is where its check-in was made; what is worth a look at its check-out is worth it here, too. */
const placing =
  (localDay: Deps['localDay'], places: DoorFacts['places'], home: Place) =>
  (stay: Stay): StayPlace => {
    const own = places.get(stay.inId);
    const { siteId, zone } = own ?? home;
    const flags = [...(own?.flags ?? []), ...(places.get(stay.outId ?? '')?.flags ?? [])];
    return { siteId, zone, date: localDay(stay.fromMs, zone).date, source: own?.source ?? 'correction', flags };
  };
