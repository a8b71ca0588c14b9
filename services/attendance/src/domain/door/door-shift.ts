import type { Interval } from '../days/intervals.ts';
import type { WatchedShift } from '../days/punctuality.ts';

/** A shift around now as the door needs it: kept ready, so that nobody waits for a day to be derived. Instants are Unix milliseconds. */
export interface DoorShift extends WatchedShift {
  /** What leave left of it; null: nothing is due. */
  due: Interval | null;
}

/** As it is stored: nothing but what is needed. */
export function doorShift({ shift, ...window }: WatchedShift, due: Interval | null): DoorShift {
  const { id, name, lateGraceMinutes, earlyGraceMinutes } = shift;
  const { date, startMs, endMs, windowFromMs, windowUntilMs } = window;
  return {
    date,
    shift: { id, name, lateGraceMinutes, earlyGraceMinutes },
    startMs,
    endMs,
    windowFromMs,
    windowUntilMs,
    due,
  };
}
