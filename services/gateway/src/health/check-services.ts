import type { CircuitState } from '../circuit/create-circuit.ts';
import type { Deps } from '../deps.ts';
import { appsOf } from '../routes.ts';

type State = 'healthy' | 'unhealthy';

/** The whole platform at a glance. `unhealthy` means that no service works. */
export interface PlatformHealth {
  status: 'healthy' | 'degraded' | 'unhealthy';
  services: Record<string, State>;
  /** What this gateway does with each service's requests: `open` refuses them at once, since nobody answered. */
  circuits: Record<string, CircuitState>;
}

const keepMs = 1000;
const limitMs = 2000;

/** Asks every service's `/readyz` by invocation, at most once a second however many want to know. Never rejects. */
export function createHealthCheck(deps: Pick<Deps, 'routes' | 'sidecar' | 'circuits'>): () => Promise<PlatformHealth> {
  const apps = appsOf(deps.routes);
  let running: Promise<PlatformHealth> | undefined;
  let until = 0;

  const ask = async (app: string): Promise<readonly [string, State]> => {
    const answer = deps.sidecar.invoke({ app, method: 'GET', path: '/readyz', actor: null, timeoutMs: limitMs });
    return answer.then(
      () => [app, 'healthy'] as const,
      () => [app, 'unhealthy'] as const,
    );
  };
  const askAll = async (): Promise<PlatformHealth> => {
    const services: Record<string, State> = Object.fromEntries(await Promise.all(apps.map(ask)));
    const works = Object.values(services).filter((state) => state === 'healthy').length;
    until = performance.now() + keepMs;
    const status = works === apps.length ? 'healthy' : works > 0 ? 'degraded' : 'unhealthy';
    return { status, services, circuits: deps.circuits.states() };
  };

  return () => {
    if (!running || performance.now() >= until) {
      until = Number.POSITIVE_INFINITY;
      running = askAll();
    }
    return running;
  };
}
