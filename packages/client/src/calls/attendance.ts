import {
  attendanceList,
  type attendanceListQuery,
  attendanceSummary,
  daysAnswer,
  type daysQuery,
  explainAnswer,
  type kioskPunchBody,
  punchAnswer,
  type punchBody,
  type summaryQuery,
  todayAnswer,
} from '@muster/contracts/http/attendance';
import { syncAnswer, type syncBody } from '@muster/contracts/http/attendance-sync';
import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import type { Keeper } from '../credentials.ts';

export const syncPath = '/api/attendance/punches/sync';

type Punch = z.input<typeof punchBody> | z.input<typeof kioskPunchBody>;
type ListQuery = Partial<z.output<typeof attendanceListQuery>>;

/**
 * What somebody meant, once: all tries under one `key` are one punch. Keep it yourself to ask again after a restart; without it
 * each call is a new intent.
 */
export interface Intent {
  key?: string;
}

/** Clocking in and out, and seeing what came of it. Errors: MusterProblem by `code`, MusterUnreachable. */
export function attendanceCalls({ send }: Keeper) {
  const punch =
    (path: string) =>
    (body: Punch = {}, { key = uuid() }: Intent = {}) =>
      send({ method: 'POST', path: `/api/attendance/${path}`, body, key, answer: punchAnswer });
  return {
    /** 409 `already_checked_in`. At a kiosk `body` says who it is: `employeeId` and `pin`, or `qr`. */
    checkIn: punch('check-in'),
    /** 409 `not_checked_in`. */
    checkOut: punch('check-out'),
    /** 409 `not_checked_in`, `already_on_break`. */
    startBreak: punch('breaks/start'),
    /** 409 `not_checked_in`, `not_on_break`. */
    endBreak: punch('breaks/end'),
    /**
     * Punches of a device that was offline, at most 1,000; a result for each. Tried once: `sentAt` is the device's clock as this
     * very call leaves, and repeating is for the queue, which loses nothing.
     */
    sync: (body: Omit<z.input<typeof syncBody>, 'sentAt'>, now: () => Date = () => new Date()) =>
      send(() => ({
        ...({ method: 'POST', path: '/api/attendance/punches/sync', answer: syncAnswer } as const),
        body: { ...body, sentAt: now().toISOString() },
      })),
    /** The open session, else the latest of the site's day, else null. Oneself without `employeeId`. */
    today: (employeeId?: string) =>
      send({ method: 'GET', path: '/api/attendance/today', query: { employeeId }, answer: todayAnswer }),
    /** Sums over local days; this month so far by default. */
    summary: (query: z.input<typeof summaryQuery> = {}) =>
      send({ method: 'GET', path: '/api/attendance/summary', query, answer: attendanceSummary }),
    /** Sessions one may see, newest first; `meta.nextCursor` leads on. */
    list: (query: ListQuery = {}) => send({ method: 'GET', path: '/api/attendance', query, answer: attendanceList }),
    /** The attendance days on which something happened, at most a year of them. */
    days: async (query: z.input<typeof daysQuery>) =>
      (await send({ method: 'GET', path: '/api/attendance/days', query: { ...query }, answer: daysAnswer })).data,
    /** Every minute of a day, with the rule and the facts behind it. */
    explain: (employeeId: string, date: string) =>
      send({ method: 'GET', path: `/api/attendance/explain/${employeeId}/${date}`, answer: explainAnswer }),
  };
}
