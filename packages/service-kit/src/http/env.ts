import type { HttpBindings } from '@hono/node-server';

/** What every request carries: Node's own objects (absent under `app.request()` in tests) and the request id. */
export interface KitEnv {
  Bindings: HttpBindings;
  Variables: { requestId: string };
}
