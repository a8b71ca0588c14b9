import type { Sidecar } from '@muster/dapr';
import type { Log } from '@muster/service-kit';
import type { Pool } from 'undici';
import type { Circuits } from './circuit/create-circuits.ts';
import type { Config } from './config.ts';
import type { Cors } from './edge/cors.ts';
import type { Gate } from './limits/admit.ts';
import type { Shed } from './proxy/create-shed.ts';
import type { TimeLimits } from './proxy/time-limits.ts';
import type { Routes } from './routes.ts';

/** Everything the gateway works with; built once in main, or by a test. */
export interface Deps {
  config: Config;
  log: Log;
  routes: Routes;
  /** Invocation of the services for our own questions: health, OpenAPI. */
  sidecar: Pick<Sidecar, 'invoke' | 'ready'>;
  /** Connections to the sidecar's HTTP port for what is passed on. */
  upstream: Pool;
  gate: Gate;
  circuits: Circuits;
  timeouts: TimeLimits;
  shed: Shed;
  cors: Cors;
}
