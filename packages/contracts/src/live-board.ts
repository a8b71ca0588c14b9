/** Where somebody is, as a live board shows it. */
export const boardStates = [
  /** There. */
  'in',
  /** There, but came later than the grace allows. */
  'late',
  'on_break',
  /** The shift began, the grace is over, and nobody came. */
  'missing',
  /** A shift is still to begin, or the grace is not over. */
  'expected',
  'on_leave',
  /** Was there and left, with a shift still going on. */
  'out',
  /** Was there, and nothing more is planned. */
  'done',
  /** Nobody came for the shift, and it is over. */
  'absent',
  /** Nothing is planned. */
  'off',
] as const;
export type BoardState = (typeof boardStates)[number];

/** A shift somebody is due for. Instants are Unix milliseconds. */
export interface BoardShift {
  name: string;
  /** Where check-ins count for it, both included. */
  windowFromMs: number;
  windowUntilMs: number;
  /** What leave left of it. */
  fromMs: number;
  toMs: number;
  /** Who comes now is late. */
  lateFromMs: number;
}

/** From a check-in to its check-out. */
export interface BoardStay {
  /** The session's id. */
  id: string;
  /** Null while only a break of it was heard of: it counts once the check-in is known. */
  fromMs: number | null;
  toMs: number | null;
  /** On a break since then. */
  breakSinceMs: number | null;
  /** Until when it is known that no break goes on: a break begun earlier that is heard of later is over. */
  breakKnownMs: number;
}

/** All a state follows from. Whoever has these facts knows the state at any later instant of the day without asking. */
export interface BoardFacts {
  /** The local day at the person's site. */
  dayFromMs: number;
  dayUntilMs: number;
  shifts: readonly BoardShift[];
  leave: readonly { fromMs: number; untilMs: number }[];
  stays: readonly BoardStay[];
}

interface Stay extends BoardStay {
  fromMs: number;
}

const isBegun = (stay: BoardStay): stay is Stay => stay.fromMs !== null;

/** In order. Most people have one, or none: boards of thousands leave no garbage for them. */
function staysOf({ stays }: BoardFacts): readonly Stay[] {
  if (stays.length < 2 && stays.every(isBegun)) return stays;
  return stays.filter(isBegun).sort((a, b) => a.fromMs - b.fromMs);
}

// Loops, not closures: a board of thousands asks these for each, and leaves a quarter of the garbage.

/** The shift a check-in counts for; at the border of two, the later one. */
function shiftAt(shifts: readonly BoardShift[], atMs: number): BoardShift | undefined {
  for (let i = shifts.length - 1; i >= 0; i--) {
    const shift = shifts[i];
    if (shift && atMs >= shift.windowFromMs && atMs <= shift.windowUntilMs) return shift;
  }
  return undefined;
}

function runningAt(shifts: readonly BoardShift[], atMs: number): BoardShift | undefined {
  for (const shift of shifts) if (atMs >= shift.fromMs && atMs < shift.toMs) return shift;
  return undefined;
}

/** The first stay of a shift: one that began in its window, or goes through it. */
function firstThere(shift: BoardShift, { shifts }: BoardFacts, stays: readonly Stay[]): Stay | undefined {
  for (const stay of stays) {
    if (shiftAt(shifts, stay.fromMs) === shift) return stay;
    const untilMs = stay.toMs ?? Number.POSITIVE_INFINITY;
    if (stay.fromMs < shift.toMs && untilMs > shift.fromMs && stay.fromMs <= shift.fromMs) return stay;
  }
  return undefined;
}

const isOpen = ({ toMs }: Stay): boolean => toMs === null;

/** Whole minutes somebody who is there came too late for the shift of now; 0 where the grace excuses them. */
export function lateMinutesAt(facts: BoardFacts, atMs: number): number {
  const stays = staysOf(facts);
  const open = stays.findLast(isOpen);
  const shift = open && (shiftAt(facts.shifts, open.fromMs) ?? runningAt(facts.shifts, atMs));
  const first = shift && firstThere(shift, facts, stays);
  if (!first || !shift || first.fromMs < shift.lateFromMs) return 0;
  return Math.floor((first.fromMs - shift.fromMs) / 60_000);
}

/** Where somebody is at an instant: Unix milliseconds, within the facts' day. */
export function boardStateAt(facts: BoardFacts, atMs: number): BoardState {
  const stays = staysOf(facts);
  const open = stays.findLast(isOpen);
  if (open) {
    if (open.breakSinceMs !== null) return 'on_break';
    return lateMinutesAt(facts, atMs) > 0 ? 'late' : 'in';
  }
  const running = runningAt(facts.shifts, atMs);
  if (running) {
    if (firstThere(running, facts, stays)) return 'out';
    return atMs < running.lateFromMs ? 'expected' : 'missing';
  }
  if (facts.leave.some(({ fromMs, untilMs }) => atMs >= fromMs && atMs < untilMs)) return 'on_leave';
  if (facts.shifts.some(({ fromMs }) => fromMs > atMs)) return 'expected';
  const last = facts.shifts.at(-1);
  if (last) return firstThere(last, facts, stays) ? 'done' : 'absent';
  return stays.some(({ toMs }) => toMs !== null && toMs >= facts.dayFromMs) ? 'done' : 'off';
}

/** When the state changes by time alone; the end of the day, where it does not: then another day's plan counts. */
export function nextChangeAt(facts: BoardFacts, atMs: number): number {
  const state = boardStateAt(facts, atMs);
  const edges = [
    ...facts.shifts.flatMap(({ fromMs, lateFromMs, toMs }) => [fromMs, lateFromMs, toMs]),
    ...facts.leave.flatMap(({ fromMs, untilMs }) => [fromMs, untilMs]),
  ];
  const next = edges.toSorted((a, b) => a - b).find((edge) => edge > atMs && boardStateAt(facts, edge) !== state);
  return Math.min(next ?? facts.dayUntilMs, facts.dayUntilMs);
}

/** One change as sockets tell of it. */
export interface BoardChange {
  attendanceId: string;
  status: 'in' | 'out' | 'on_break';
  /** RFC 3339. */
  at: string;
  /** With `out`: when the stay began. */
  checkInAt?: string | undefined;
  /** With `in`: this break is over, and they are at work again. */
  breakSince?: string | undefined;
}

/** The facts after a change was heard of. Changes may come in any order and more than once: the facts are the same in the end. */
export function withChange(facts: BoardFacts, change: BoardChange): BoardFacts {
  const atMs = Date.parse(change.at);
  const none = { id: change.attendanceId, fromMs: null, toMs: null, breakSinceMs: null, breakKnownMs: 0 };
  const before = facts.stays.find(({ id }) => id === change.attendanceId) ?? none;
  const rest = facts.stays.filter(({ id }) => id !== change.attendanceId);
  return { ...facts, stays: [...rest, changed(before, change, atMs)] };
}

function changed(stay: BoardStay, { status, checkInAt, breakSince }: BoardChange, atMs: number): BoardStay {
  if (status === 'out') {
    const fromMs = stay.fromMs ?? (checkInAt === undefined ? null : Date.parse(checkInAt));
    return { ...stay, fromMs, toMs: atMs, breakSinceMs: null, breakKnownMs: Number.MAX_SAFE_INTEGER };
  }
  if (status === 'on_break')
    return atMs < stay.breakKnownMs ? stay : { ...stay, breakSinceMs: Math.max(atMs, stay.breakSinceMs ?? atMs) };
  if (breakSince === undefined) return { ...stay, fromMs: atMs };
  const isOver = stay.breakSinceMs !== null && stay.breakSinceMs < atMs;
  return {
    ...stay,
    breakSinceMs: isOver ? null : stay.breakSinceMs,
    breakKnownMs: Math.max(stay.breakKnownMs, atMs),
  };
}
