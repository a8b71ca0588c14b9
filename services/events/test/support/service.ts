import { generateKeyPairSync } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { AppError, type EventEnvelope } from '@muster/contracts';
import type { Sql } from '@muster/db';
import { createLogger, systemClock } from '@muster/service-kit';
import { silentLog, testVerifier } from '@muster/testing';
import { createApp } from '../../src/app.ts';
import type { AttendanceCalls } from '../../src/ask-attendance.ts';
import type { Deps } from '../../src/deps.ts';
import { createHeadSigner } from '../../src/domain/signed-head.ts';
import { createRecorder } from '../../src/events/index.ts';
import { createLiveHub } from '../../src/live-hub.ts';
import { startEvents } from '../../src/start-events.ts';

export const migrations = fileURLToPath(new URL('../../migrations', import.meta.url));
export const appApiToken = 'token-of-the-sidecar';
export const signingKey = generateKeyPairSync('ed25519').privateKey;

const nobody = async (): Promise<never> => {
  throw new AppError('not_found', 'There is no such class.');
};

export function testDeps(sql: Sql, more: Partial<Deps> = {}): Deps {
  return {
    sql,
    log: silentLog,
    clock: systemClock,
    zone: 'UTC',
    signer: createHeadSigner(signingKey),
    live: createLiveHub(),
    attendance: { mark: nobody, mayWatchClass: nobody },
    metrics: { recorded: () => {} },
    ...more,
  };
}

/** The service without a port; `deliver` hands it an event like the sidecar does, `passTime` lets tokens grow old. */
export function testService(sql: Sql, more: Partial<Deps> = {}) {
  const deps = testDeps(sql, more);
  let aheadMs = 0;
  const verifier = testVerifier({ now: () => systemClock.now().add({ milliseconds: aheadMs }) });
  const passTime = (ms: number): void => {
    aheadMs += ms;
  };
  const recorder = createRecorder(deps);
  const log = createLogger({ service: 'events', level: 'silent' });
  const app = createApp({ deps, log, verifier, appApiToken, recorder, ready: {} });
  const deliver = async (event: EventEnvelope): Promise<unknown> => {
    const response = await app.request(`/events/${event.type.slice(0, event.type.indexOf('.'))}`, {
      method: 'POST',
      headers: { 'content-type': 'application/cloudevents+json', 'dapr-api-token': appApiToken },
      body: JSON.stringify({ ...event, topic: 'x', pubsubname: 'pubsub', traceid: Math.random().toString() }),
    });
    return ((await response.json()) as { status?: string }).status;
  };
  const request = (path: string, token?: string, init: RequestInit = {}) =>
    app.request(path, {
      ...init,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(init.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
    });
  return { deps, app, verifier, recorder, log, deliver, request, passTime };
}

/** One process of the service on a free port, with sockets. */
export async function listeningService(
  sql: Sql,
  { attendance, ...o }: { redisUrl?: string; sweepMs?: number; attendance?: AttendanceCalls } = {},
) {
  const service = testService(sql, attendance && { attendance });
  const { stop, url } = await startEvents({
    ...service,
    host: '127.0.0.1',
    port: 0,
    handleSignals: false,
    ...o,
  });
  return { ...service, url, stop };
}
