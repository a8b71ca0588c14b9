import type { Api } from '../api.ts';
import { signIn } from '../session.ts';
import { type Audited, awaitAudited } from './audit.ts';
import { awaitNotified, countNotifications } from './notified.ts';
import { gatherPeople, type Worker } from './people.ts';
import { watchPresence } from './presence.ts';
import { type Habit, type Punched, punch, punchAll } from './punch.ts';
import { percentile } from './statistics.ts';

export interface ShiftChangeOptions {
  api: Api;
  admin: { email: string; password: string };
  people: number;
  /** Everybody checks in within this time, and later out within half of it. */
  windowMs: number;
  progress?: (line: string) => void;
}

export interface Leg {
  accepted: number;
  refused: number;
  doubleTaps: number;
  retries: number;
  sameAnswers: number;
  audited: Audited;
  /** Sessions that the live board of a manager showed. */
  seenLive: number;
  p50Ms: number;
  p99Ms: number;
  oddities: string[];
}

export interface ShiftChangeReport {
  people: number;
  registered: number;
  /** Notifications the administrator got while people registered: one for the user, one for the person. */
  notified: number;
  in: Leg;
  out: Leg;
  /** What does not add up; empty is good. */
  faults: string[];
}

const DOUBLE_TAPS = 0.05;
const RETRIES = 0.05;
const QUIET_MS = 20_000;
const NOTICES_PER_REGISTRATION = 2;

/** Plays a shift change on a running platform and holds what clients were told against the audit log and the sockets. */
export async function playShiftChange(options: ShiftChangeOptions): Promise<ShiftChangeReport> {
  const { api, people, windowMs, progress = () => {} } = options;
  const admin = await signIn(api, options.admin.email, options.admin.password);
  const before = await countNotifications(api, admin.accessToken);
  const { workers, registered } = await gatherPeople(api, people, (n) => {
    if (n % 25 === 0 || n === people) progress(`signed in ${n} of ${people}`);
  });
  await closeLeftovers(api, workers);

  const watch = await watchPresence(api.origin, admin.accessToken);
  const from = new Date(Date.now() - 1000).toISOString();
  const play = async (name: 'in' | 'out', window: number): Promise<Leg> => {
    const punches = await punchAll({
      api,
      workers,
      path: `/api/attendance/check-${name}`,
      windowMs: window,
      habitOf: (index) => habitOf(index, people),
      onPunched: (n) => {
        if (n % 25 === 0 || n === people) progress(`checked ${name} ${n} of ${people}`);
      },
    });
    const ids = new Set(punches.flatMap(({ attendanceId }) => attendanceId ?? []));
    const eventType = `attendance.checked-${name}`;
    const audited = await awaitAudited({ api, token: admin.accessToken, eventType, ids, from, quietMs: QUIET_MS });
    // An entry is written before the sockets are told.
    const seenLive = await watch.awaitSeen(name, ids, QUIET_MS);
    return sumUp(punches, audited, seenLive, people);
  };
  const token = admin.accessToken;
  const expected = registered * NOTICES_PER_REGISTRATION;
  const notified = await awaitNotified({ api, token, before, expected, quietMs: QUIET_MS });
  const report = { people, registered, notified, in: await play('in', windowMs), out: await play('out', windowMs / 2) };
  watch.close();
  const unheard = notified < expected ? [`administrator notified: ${notified}, expected ${expected}`] : [];
  return {
    ...report,
    faults: [...unheard, ...faultsOf('in', report.in, people), ...faultsOf('out', report.out, people)],
  };
}

/** The first people double-tap, the next retry, the rest press once: shares are exact, whatever the number. */
function habitOf(index: number, people: number): Habit {
  if (index < Math.round(people * DOUBLE_TAPS)) return 'double-tap';
  return index < Math.round(people * (DOUBLE_TAPS + RETRIES)) ? 'retry' : 'plain';
}

/** A demo that was interrupted left people inside; they leave first, before anything is counted. */
async function closeLeftovers(api: Api, workers: Worker[]): Promise<void> {
  const inside = await Promise.all(
    workers.map(async (worker) => {
      const today = await api.call<{ checkOutAt: string | null } | null>('GET', '/api/attendance/today', {
        token: worker.token,
        patience: 5,
      });
      return today.status === 200 && today.body !== null && today.body.checkOutAt === null;
    }),
  );
  await Promise.all(
    workers.filter((_, i) => inside[i]).map((worker) => punch(api, worker, '/api/attendance/check-out', 'plain')),
  );
}

function sumUp(punches: Punched[], audited: Audited, seenLive: number, people: number): Leg {
  const latencies = punches.flatMap(({ latenciesMs }) => latenciesMs);
  const sum = (pick: (punched: Punched) => number): number => punches.reduce((total, one) => total + pick(one), 0);
  return {
    accepted: sum((one) => one.accepted),
    refused: sum((one) => one.refused),
    doubleTaps: punches.filter((_, i) => habitOf(i, people) === 'double-tap').length,
    retries: punches.filter((_, i) => habitOf(i, people) === 'retry').length,
    sameAnswers: sum((one) => one.sameAnswers),
    audited,
    seenLive,
    p50Ms: percentile(latencies, 0.5),
    p99Ms: percentile(latencies, 0.99),
    oddities: punches.flatMap(({ oddities }) => oddities),
  };
}

/** Every number must follow from the others; each that does not is named. */
export function faultsOf(name: string, leg: Leg, people: number): string[] {
  const expected: [string, number, number][] = [
    ['accepted', leg.accepted, people],
    ['refused (one of every double tap)', leg.refused, leg.doubleTaps],
    ['retries answered as the first time', leg.sameAnswers, leg.retries],
    ['audited exactly once', leg.audited.once, people],
    ['audited twice', leg.audited.twice, 0],
    ['seen on the live board', leg.seenLive, people],
    ['odd answers', leg.oddities.length, 0],
  ];
  return expected
    .filter(([, got, want]) => got !== want)
    .map(([what, got, want]) => `check-${name}: ${what}: ${got}, expected ${want}`)
    .concat(leg.oddities.slice(0, 5).map((oddity) => `check-${name}: ${oddity}`));
}
