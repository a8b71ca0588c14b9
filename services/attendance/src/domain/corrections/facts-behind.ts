import type { ExplainedFact } from '@muster/contracts/http/attendance';
import { effectivePunches } from '../days/effective-punches.ts';
import type { AttendanceDay, ExplainedDay, Fact, PersonRecord } from '../days/index.ts';
import { isoInstant } from '../instant.ts';
import { factIdsOf } from './day-changes.ts';

/**
 * The facts behind a day, in order of time: those it names, whatever was said about them before and since, and those that somebody took
 * away from it.
 */
export function factsBehind(record: PersonRecord, day: AttendanceDay, explained: ExplainedDay): ExplainedFact[] {
  const byId = new Map(record.facts.map((fact) => [fact.id, fact]));
  const effective = new Set(effectivePunches(record.facts).punches.map(({ id }) => id));
  const { fromMs, toMs } = explained;
  const ids = new Set([...factIdsOf(day), ...explained.spans.flatMap(({ factIds }) => factIds)]);
  for (const fact of byId.values()) {
    const atMs = instantOf(fact);
    if (atMs !== null && atMs >= fromMs && atMs < toMs && !effective.has(fact.id)) ids.add(fact.id);
  }
  // A correction leads to what it is about, and that to whatever else was said about it.
  for (let size = -1; size !== ids.size; ) {
    size = ids.size;
    for (const { id, targetId } of corrections(byId))
      if (targetId !== null && (ids.has(id) || ids.has(targetId))) ids.add(id).add(targetId);
  }
  const counted = new Set([
    ...day.stays.flatMap(({ inId, outId }) => [inId, outId]),
    ...day.breaks.flatMap(({ startId, endId }) => [startId, endId]),
  ]);
  return [...ids]
    .flatMap((id) => byId.get(id) ?? [])
    .sort((a, b) => (instantOf(a) ?? toMs) - (instantOf(b) ?? toMs) || (a.id < b.id ? -1 : 1))
    .map((fact) => ({ ...describe(fact), counts: counted.has(fact.id) }));
}

const corrections = (facts: ReadonlyMap<string, Fact>) =>
  [...facts.values()].filter((fact) => fact.kind === 'correction');

const instantOf = (fact: Fact): number | null => (fact.kind === 'punch' ? fact.atMs : (fact.punch?.atMs ?? null));

function describe(fact: Fact): Omit<ExplainedFact, 'counts'> {
  const atMs = instantOf(fact);
  const occurredAt = atMs === null ? null : isoInstant(atMs);
  const { id, kind } = fact;
  if (fact.kind === 'punch')
    return { id, kind, change: null, targetId: null, type: fact.type, occurredAt, source: fact.source };
  const { change, targetId, punch } = fact;
  return { id, kind, change, targetId, type: punch?.type ?? null, occurredAt, source: null };
}
