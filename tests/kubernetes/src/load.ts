import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, type Audited, awaitAudited } from '@muster/demo';
import { v7 as uuid } from 'uuid';
import { administrator, api, type Person } from './front-door.ts';

export interface LoadReport {
  /** Sessions that an accepted check-in opened, and that an accepted check-out closed. */
  in: Set<string>;
  out: Set<string>;
  /** What was asked again, by reason: `503`, `ECONNRESET`, … */
  retried: Record<string, number>;
  /** What a client that retries as HTTP says must never see. */
  faults: string[];
}

interface Session {
  id: string;
}

const patienceMs = 60_000;
const comeAgain = [429, 502, 503, 504];
const connection = /^(UND_ERR_|ECONN|EPIPE|EHOSTUNREACH)/;

/** People who check in and out until told to stop, each retrying with the same Idempotency-Key. */
export function startLoad(people: readonly Person[], pauseMs: number) {
  const began = new Date(Date.now() - 1000).toISOString();
  const report: LoadReport = { in: new Set(), out: new Set(), retried: {}, faults: [] };
  let going = true;
  const work = people.map(async (person) => {
    await sleep(Math.random() * pauseMs);
    while (going) {
      // Who is inside goes out, too: a stop never leaves anybody there.
      for (const way of ['in', 'out'] as const) {
        const session = await punch(person, way, report);
        if (session) report[way].add(session.id);
        await sleep(pauseMs * (0.5 + Math.random()));
      }
    }
  });
  return {
    report,
    async stop(): Promise<LoadReport> {
      going = false;
      await Promise.all(work);
      return report;
    },
    /** How often each accepted punch is in the audit log, once everything that comes has come. */
    async audited(): Promise<Record<'in' | 'out', Audited>> {
      const door = await api();
      const { token } = await administrator();
      const look = (way: 'in' | 'out') =>
        awaitAudited({
          api: door,
          token,
          eventType: `attendance.checked-${way}`,
          ids: report[way],
          from: began,
          quietMs: 60_000,
        });
      return { in: await look('in'), out: await look('out') };
    },
  };
}

async function punch(person: Person, way: 'in' | 'out', report: LoadReport): Promise<Session | undefined> {
  const door = await api();
  const key = uuid();
  const deadline = Date.now() + patienceMs;
  let last = '';
  while (Date.now() < deadline) {
    const answer = await door
      .call<Session>('POST', `/api/attendance/check-${way}`, {
        token: person.token,
        body: {},
        headers: { 'idempotency-key': key },
      })
      .catch((error: { code?: string }) => error.code ?? String(error));
    if (typeof answer !== 'string' && answer.status === 201) return answer.body;
    last = typeof answer === 'string' ? answer : `${answer.status} ${JSON.stringify(answer.body)}`;
    const waitMs = mayRetry(answer);
    if (waitMs === undefined) break;
    const reason = typeof answer === 'string' ? answer : String(answer.status);
    report.retried[reason] = (report.retried[reason] ?? 0) + 1;
    await sleep(waitMs * (0.5 + Math.random()));
  }
  report.faults.push(`check-${way}: ${last}`);
  return undefined;
}

/** Milliseconds until it may be asked again, undefined for an answer that stands. */
function mayRetry(answer: Answer | string): number | undefined {
  if (typeof answer === 'string') return connection.test(answer) ? 500 : undefined;
  if (!comeAgain.includes(answer.status)) return undefined;
  return Math.max(Number(answer.headers['retry-after'] ?? 1), 0.2) * 1000;
}
