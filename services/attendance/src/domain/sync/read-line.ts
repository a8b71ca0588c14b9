import type { ImportFormat, PunchTypeName } from '@muster/contracts/http/attendance';

/** What a line of a file says. */
export interface PunchLine {
  /** As the device knows the person: their work id. */
  user: string;
  type: PunchTypeName;
  /** Unix milliseconds. */
  atMs: number;
  /** What the line says, spelt one way: the same line is the same punch. */
  words: string;
}

// 4 and 5 are overtime, which is derived here. 255, or nothing: the device does not know; rules that alternate do not ask.
const statuses: Record<string, PunchTypeName> = {
  '0': 'IN',
  '1': 'OUT',
  '2': 'BREAK_START',
  '3': 'BREAK_END',
  '4': 'IN',
  '5': 'OUT',
  '255': 'IN',
  '': 'IN',
};
const types = new Set(['IN', 'OUT', 'BREAK_START', 'BREAK_END']);
const wallShape = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2})?)$/;
const firstMs = 946_684_800_000;
const beyondMs = 4_102_444_800_000;
const userLength = 60;

/** The header of the `csv` format. */
export const csvHeader = 'workId,time,type';

/** Reads the cells of a line; undefined for what is none. `zone`: whose wall clock is meant. */
export function readLine(cells: readonly string[], format: ImportFormat, zone: string): PunchLine | undefined {
  const [user = '', time = '', status = ''] = cells.map((cell) => cell.trim());
  const type = format === 'attlog' ? statuses[status] : asType(status);
  if (!type || user === '' || user.length > userLength || user.includes('\u0000')) return undefined;
  const atMs = instantOf(time, zone, type);
  if (atMs === undefined || atMs < firstMs || atMs >= beyondMs) return undefined;
  return { user, type, atMs, words: `${user} ${wallShape.test(time) ? time.replace('T', ' ') : atMs} ${type}` };
}

function asType(word: string): PunchTypeName | undefined {
  const upper = word.toUpperCase();
  return types.has(upper) ? (upper as PunchTypeName) : undefined;
}

/**
 * A wall time of the site, or an instant with an offset. What does not exist moves forward by the gap; what exists twice is the
 * earlier for a beginning, the later for an end.
 */
function instantOf(time: string, zone: string, type: PunchTypeName): number | undefined {
  const wall = wallShape.exec(time);
  try {
    if (!wall) return Temporal.Instant.from(time).epochMilliseconds;
    const begins = type === 'IN' || type === 'BREAK_START';
    return Temporal.PlainDateTime.from(`${wall[1]}T${wall[2]}`).toZonedDateTime(zone, {
      disambiguation: begins ? 'compatible' : 'later',
    }).epochMilliseconds;
  } catch {
    return undefined;
  }
}
