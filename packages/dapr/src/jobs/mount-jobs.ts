import type { Log } from '@muster/service-kit';
import { type Env, Hono } from 'hono';
import { requireSidecar } from '../require-sidecar.ts';

/** Name of a job → what it does. Called at least once, maybe twice at the same time in two processes. */
export type JobTable = Record<string, () => Promise<unknown>>;

/**
 * `POST /job/<name>` for each job of the table, for the sidecar only. What a job throws becomes a 5xx, which Dapr tries
 * again. A job that is not in the table is answered 404, which Dapr takes for done: names are for ever.
 */
export function mountJobs<E extends Env>(app: Hono<E>, o: { appApiToken: string; handle: JobTable; log: Log }): void {
  const routes = new Hono();
  routes.use('/job/*', requireSidecar(o.appApiToken));
  for (const [name, work] of Object.entries(o.handle)) {
    routes.post(`/job/${name}`, async (c) => {
      o.log.info({ job: name }, 'job is due');
      await work();
      return c.json({});
    });
  }
  app.route('/', routes as unknown as Hono<E>);
}
