import type { SyncBody, SyncResult } from '@muster/contracts/http/attendance-sync';
import { v7 as uuid } from 'uuid';
import type { QueuedPunch } from '../src/queue/queued-punch.ts';

/** What happens to one call. `drop-after`: carried out, but the answer is lost. `some`: only every second result is told. */
export type Fault = 'none' | 'drop-before' | 'drop-after' | 'some' | 'busy' | 'refuses-token';

/** What a punch asks for by its notes; the rest is accepted. */
export const oddNotes = ['conflict', 'rejected', 'unreadable'] as const;

/** Does with punches what `punches/sync` does, and fails as told. */
export class FakeServer {
  /** Facts by clientId. */
  readonly facts = new Map<string, QueuedPunch>();
  readonly calls: SyncBody[] = [];
  /** One for each call to come; none when they are used up. */
  faults: Fault[] = [];
  /** The device is enrolled no more. */
  refusesDevice = false;
  onCall: () => void = () => {};

  readonly fetch = (async (input: string | URL | Request, init?: RequestInit) => {
    const request = new Request(input, init);
    const isToken = new URL(request.url).pathname === '/api/auth/token';
    if (isToken && this.refusesDevice) return json(400, problem(400, 'invalid_input').body);
    if (isToken) return json(200, { access_token: 'kiosk', token_type: 'Bearer', expires_in: 900 });
    const { status, body } = this.sync((await request.json()) as SyncBody);
    return json(status, body);
  }) as typeof fetch;

  sync(call: SyncBody): { status: number; body: object } {
    this.calls.push(call);
    this.onCall();
    const fault = this.faults.shift() ?? 'none';
    if (fault === 'drop-before') throw new TypeError('fetch failed');
    if (fault === 'busy') return problem(503, 'unavailable');
    if (fault === 'refuses-token') return problem(401, 'unauthenticated');
    if (call.punches.some(({ notes }) => notes === 'unreadable')) return problem(400, 'invalid_input');
    const results = call.punches.map((punch) => this.take(punch));
    if (fault === 'drop-after') throw new TypeError('fetch failed');
    const told = fault === 'some' ? results.filter((_, index) => index % 2 === 0) : results;
    return { status: 200, body: { results: told, receivedAt: call.sentAt, skewMs: 0, corrected: false } };
  }

  private take(punch: QueuedPunch): SyncResult {
    const { clientId, occurredAt, notes } = punch;
    const known = this.facts.has(clientId);
    const result = { clientId, punchId: uuid(), occurredAt, flags: [] };
    if (notes === 'rejected') return { ...result, punchId: null, status: 'rejected', reason: 'in_future' };
    this.facts.set(clientId, punch);
    if (known) return { ...result, status: 'duplicate', reason: null };
    if (notes === 'conflict') return { ...result, status: 'conflict', reason: 'contradicts' };
    return { ...result, status: 'accepted', reason: null };
  }
}

const problem = (status: number, code: string) => ({
  status,
  body: { type: 'about:blank', title: code, status, detail: code, code, requestId: 'r-1' },
});
const json = (status: number, body: object): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
