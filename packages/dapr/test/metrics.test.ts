import { insertOutbox, newEvent, parkDeadLetter, startRelay } from '@muster/db';
import { createHttp, mountHealth, readOnScrape } from '@muster/service-kit';
import { fakeBus, type TestDatabase, testDatabase } from '@muster/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { deadLetterMetrics, outboxMetrics } from '../src/events/metrics.ts';
import { envelope, silent } from './events.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.sql`truncate outbox, dead_letters`;
});

const someEvent = () => newEvent('auth.login-enabled.v1', envelope().data as never);

async function metric(name: string): Promise<string | undefined> {
  const app = createHttp({ service: 'test', log: silent });
  mountHealth(app, { ready: {} });
  const text = await (await app.request('/metrics')).text();
  return new RegExp(`^${name} (.*)$`, 'm').exec(text)?.[1];
}

describe('metrics of the outbox', () => {
  it('tell what waits, how long, and what was published', async () => {
    const { sql } = database;
    const bus = fakeBus();
    await insertOutbox(sql, [someEvent(), someEvent()]);
    await sql`update outbox set created_at = now() - interval '90 seconds'`;
    bus.away = true;
    const relay = startRelay({ sql, publish: bus.publish, log: silent, sweepMs: 20 });
    outboxMetrics(sql, () => ({ ...relay.stats(), resent: 7 }));
    expect(await metric('muster_outbox_unpublished')).toBe('2');
    expect(Number(await metric('muster_outbox_oldest_seconds'))).toBeGreaterThanOrEqual(90);
    expect(await metric('muster_outbox_published_total')).toBe('0');
    expect(await metric('muster_outbox_resent_total')).toBe('7');
    bus.away = false;
    await vi.waitFor(async () => expect(await metric('muster_outbox_published_total')).toBe('2'), { timeout: 20_000 });
    outboxMetrics(sql, () => ({ ...relay.stats(), resent: 7 }));
    await vi.waitFor(async () => expect(await metric('muster_outbox_unconfirmed')).toBe('2'), { timeout: 20_000 });
    expect(await metric('muster_outbox_oldest_seconds')).toBe('0');
    await relay.stop();
  });

  it('count dead letters', async () => {
    await parkDeadLetter(database.sql, { topic: 'auth', payload: {} });
    deadLetterMetrics(database.sql);
    expect(await metric('muster_dead_letters')).toBe('1');
  });

  it('a database that is away or hangs neither fails a scrape nor tells a number', async () => {
    const gone = (() => Promise.reject(new Error('away'))) as never;
    deadLetterMetrics(gone);
    expect(await metric('muster_dead_letters')).toBeUndefined();
    const hanging = readOnScrape(() => new Promise(() => undefined));
    expect(await hanging()).toBeUndefined();
  });

  it('many scrapes are one question', async () => {
    const read = vi.fn(async () => 1);
    const often = readOnScrape(read);
    expect(await Promise.all([often(), often(), often()])).toEqual([1, 1, 1]);
    expect(read).toHaveBeenCalledTimes(1);
  });
});
