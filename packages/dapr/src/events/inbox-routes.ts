import { findMissing, type Sql } from '@muster/db';
import { Hono } from 'hono';
import { z } from 'zod';
import { readJson } from './read-json.ts';

const question = z.strictObject({ ids: z.array(z.uuid()).max(5000) });

/** `POST /internal/inbox/missing {ids}` → `{missing}`: which events never arrived, asked by a producer's reconciler. */
export function inboxRoutes(sql: Sql): Hono {
  const routes = new Hono();
  routes.post('/internal/inbox/missing', async (c) => {
    const { ids } = await readJson(c, question);
    return c.json({ missing: await findMissing(sql, ids) });
  });
  return routes;
}
