import type { CountedMinutes } from '../days/index.ts';

/** Why somebody is late, by the clock of a zone: `12 minutes after 06:00, more than the 5 minutes of grace`. */
export const lateReason = (counted: CountedMinutes, zone: string): string => words(counted, 'after', zone);

/** Why somebody left early: `3 minutes before 14:00, within the 5 minutes of grace`. */
export const earlyExitReason = (counted: CountedMinutes, zone: string): string => words(counted, 'before', zone);

function words({ minutes, dueMs, graceMinutes }: CountedMinutes, side: 'after' | 'before', zone: string): string {
  const grace =
    graceMinutes === 0 ? '' : `, ${minutes > graceMinutes ? 'more than' : 'within'} the ${many(graceMinutes)} of grace`;
  return `${many(minutes)} ${side} ${clockAt(dueMs, zone)}${grace}`;
}

const many = (minutes: number): string => (minutes === 1 ? '1 minute' : `${minutes} minutes`);

const known = new Map<string, string>();

/** Thousands begin at the same instant: it is asked for once. */
function clockAt(atMs: number, zone: string): string {
  const key = `${zone} ${atMs}`;
  const remembered = known.get(key);
  if (remembered !== undefined) return remembered;
  const at = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(zone);
  const clock = at.toPlainTime().toString({ smallestUnit: 'minute' });
  if (known.size >= 5_000) known.clear();
  known.set(key, clock);
  return clock;
}
