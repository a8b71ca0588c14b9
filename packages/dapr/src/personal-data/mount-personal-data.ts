import { AppError, id, type PersonalDataErasure, type PersonalDataPage } from '@muster/contracts';
import { type Context, type Env, Hono } from 'hono';
import { requireSidecar } from '../require-sidecar.ts';

export interface PersonalDataOptions {
  appApiToken: string;
  /** A page of what this service holds about the person. */
  read(personId: string, cursor: string | undefined): Promise<PersonalDataPage>;
  /** Erases the person here, or a part of it: asked again until it is done, and again when it is. */
  erase(personId: string): Promise<PersonalDataErasure>;
}

function personOf(c: Context): string {
  const parsed = id.safeParse(c.req.param('id'));
  if (!parsed.success) throw new AppError('invalid_input', 'The id is no UUID.');
  return parsed.data.toLowerCase();
}

/** `GET` and `DELETE /internal/personal-data/{id}`: a service's part of an export and of an erasure, for employee's sidecar. */
export function mountPersonalData<E extends Env>(app: Hono<E>, o: PersonalDataOptions): void {
  const routes = new Hono();
  routes.use('/internal/personal-data/*', requireSidecar(o.appApiToken));
  routes.get('/internal/personal-data/:id', async (c) =>
    c.json(await o.read(personOf(c), c.req.query('cursor')), 200, { 'Cache-Control': 'no-store' }),
  );
  routes.delete('/internal/personal-data/:id', async (c) => c.json(await o.erase(personOf(c))));
  app.route('/', routes as unknown as Hono<E>);
}
