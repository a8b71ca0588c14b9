import type { Env, Hono } from 'hono';
import { collectProcessMetrics, register } from '../metrics.ts';

export type ReadyChecks = Record<string, () => Promise<boolean>>;

const draining = new WeakSet<object>();

/** Turns `/readyz` of this app to 503: the first step of a shutdown. */
export const stopBeingReady = (app: object): void => {
  draining.add(app);
};

const keepMs = 1000;
const limitMs = 2000;

async function check(run: () => Promise<boolean>): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(resolve, limitMs, false);
  try {
    return await Promise.race([run(), late]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}

/** Runs the checks at most once a second, however many ask; a check that throws or takes over 2 s has failed. */
function cached(checks: ReadyChecks): () => Promise<Record<string, boolean>> {
  let running: Promise<Record<string, boolean>> | undefined;
  let until = 0;
  return () => {
    const now = performance.now();
    if (running && now < until) return running;
    until = now + limitMs + keepMs;
    running = Promise.all(Object.entries(checks).map(async ([name, run]) => [name, await check(run)] as const)).then(
      (all) => {
        until = performance.now() + keepMs;
        return Object.fromEntries(all);
      },
    );
    return running;
  };
}

/**
 * `/healthz` (the process answers; no dependency is asked, so an outage restarts nobody), `/readyz` (200 while every
 * check of `ready` holds and no shutdown began, else 503; cached for a second) and `/metrics` (Prometheus).
 */
export function mountHealth<E extends Env>(app: Hono<E>, o: { ready: ReadyChecks }): void {
  collectProcessMetrics();
  const state = cached(o.ready);
  app.get('/healthz', (c) => c.json({ status: 'ok' }));
  app.get('/readyz', async (c) => {
    const checks = await state();
    const ready = !draining.has(app) && Object.values(checks).every(Boolean);
    return c.json(
      { status: ready ? 'ready' : draining.has(app) ? 'draining' : 'not ready', checks },
      ready ? 200 : 503,
    );
  });
  app.get('/metrics', async (c) => c.body(await register.metrics(), 200, { 'content-type': register.contentType }));
}
