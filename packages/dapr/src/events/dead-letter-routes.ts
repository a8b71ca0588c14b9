import { AppError, id } from '@muster/contracts';
import { listDeadLetters, type Sql, settleDeadLetter } from '@muster/db';
import { type Context, Hono } from 'hono';
import { retryDeadLetter } from './retry-dead-letter.ts';
import type { EventTable } from './types.ts';

const pageSize = 100;

function idOf(c: Context): string {
  const parsed = id.safeParse(c.req.param('id'));
  if (!parsed.success) throw new AppError('not_found', 'There is no such dead letter.');
  return parsed.data;
}

/**
 * `GET /internal/dead-letters?cursor` → `{data, meta{nextCursor}}` oldest first, `POST …/:id/retry` → 204 when the handler
 * took it, 409 when it failed again (it stays), `DELETE …/:id` → 204, given up for good.
 */
export function deadLetterRoutes(o: { handle: EventTable; sql: Sql }): Hono {
  const routes = new Hono();
  routes.get('/internal/dead-letters', async (c) => {
    const after = id.safeParse(c.req.query('cursor')).data;
    const data = await listDeadLetters(o.sql, { limit: pageSize, after });
    return c.json({ data, meta: { nextCursor: data.length === pageSize ? (data.at(-1)?.id ?? null) : null } });
  });
  routes.post('/internal/dead-letters/:id/retry', async (c) => {
    await retryDeadLetter(o, idOf(c));
    return c.body(null, 204);
  });
  routes.delete('/internal/dead-letters/:id', async (c) => {
    if (!(await settleDeadLetter(o.sql, idOf(c)))) throw new AppError('not_found', 'There is no such dead letter.');
    return c.body(null, 204);
  });
  return routes;
}
