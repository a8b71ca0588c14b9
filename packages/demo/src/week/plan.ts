export type PunchType = 'IN' | 'OUT' | 'BREAK_START' | 'BREAK_END';

export interface PlannedPunch {
  type: PunchType;
  atMs: number;
}

export interface Span {
  fromMs: number;
  toMs: number;
}

/** What somebody really did on a date, and what of it the devices know. */
export interface PlannedDay {
  date: string;
  shifts: ShiftName[];
  /** From coming to leaving, as it was. */
  stays: Span[];
  breaks: Span[];
  /** What was punched; a correction brings the rest. */
  punches: PlannedPunch[];
  leave?: 'FULL' | 'SECOND_HALF';
}

export interface PlannedPerson {
  name: string;
  story: string;
  /** Which of the two kiosks they use: the second has no network all week. */
  kiosk: 0 | 1;
  days: PlannedDay[];
  correction?: { change: 'add'; type: 'OUT'; atMs: number } | { change: 'replace'; wrong: PlannedPunch; atMs: number };
}

/** Wall times. Of a stay of more than six hours half an hour is taken off where no break was punched; of a split shift nothing is. */
export const shiftTimes = {
  Early: ['06:00', '14:00'],
  Late: ['14:00', '22:00'],
  Night: ['22:00', '06:00'],
  Breakfast: ['06:00', '10:00'],
  Dinner: ['17:00', '21:00'],
  Closing: ['14:00', '22:00'],
} as const;
export type ShiftName = keyof typeof shiftTimes;
export const automaticBreak = { minutes: 30, afterMinutes: 360 };
export const lateGraceMinutes = 5;
/** Who forgets to check out of a closing shift is checked out so long after its length has passed. */
export const closingToleranceMinutes = 30;

export interface Plan {
  zone: string;
  monday: string;
  /** In the middle of the week. */
  holiday: string;
  /** Its night before is longer or shorter than others; null where the zone's clocks stand still. */
  clockChange: string | null;
  people: PlannedPerson[];
}
