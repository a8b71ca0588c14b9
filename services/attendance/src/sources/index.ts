import { type DaySources, nothingPlanned } from '../day-sources.ts';
import { employmentSource } from './employment-source.ts';
import { holidaySource } from './holiday-source.ts';
import { leaveSource } from './leave-source.ts';
import { rosterSource } from './roster-source.ts';
import { ruleSource } from './rule-source.ts';
import { watermarkSource } from './watermark-source.ts';

const sources = [rosterSource, leaveSource, holidaySource, employmentSource, ruleSource, watermarkSource] as const;

/** Everything that days are made of beside facts. One source after the other: a transaction has one connection. */
export const storedSources: DaySources = async (db, ranges, nowMs) => {
  const contexts = new Map(ranges.map(({ employeeId }) => [employeeId, { ...nothingPlanned, knownUntilMs: nowMs }]));
  for (const source of sources)
    for (const [employeeId, part] of await source(db, ranges, nowMs)) {
      const context = contexts.get(employeeId);
      if (context) Object.assign(context, part);
    }
  return contexts;
};
