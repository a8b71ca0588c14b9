import type { LeaveDay } from '../days/index.ts';

export interface Half {
  date: string;
  half: 1 | 2;
  requestId: string;
  type: string;
}

/** Half days as the attendance day takes them: both halves of a request on a date are a full day. */
export function leaveParts(halves: readonly Half[]): LeaveDay[] {
  return [...Map.groupBy(halves, ({ date, requestId }) => `${date} ${requestId}`).values()].flatMap((ones) => {
    const [first] = ones;
    if (!first) return [];
    const part = ones.length === 2 ? 'FULL' : first.half === 1 ? 'FIRST_HALF' : 'SECOND_HALF';
    return [{ id: first.requestId, date: first.date, part, type: first.type }];
  });
}
