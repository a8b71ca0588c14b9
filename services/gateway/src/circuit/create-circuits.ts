import type { Log } from '@muster/service-kit';
import type { Config } from '../config.ts';
import { circuitMetrics } from '../metrics.ts';
import { type CircuitState, createCircuit, type Pass } from './create-circuit.ts';

/** A circuit for each app behind the gateway, as this process has seen it. */
export interface Circuits {
  /** A pass for one attempt to reach `app`, or the seconds to wait. */
  enter(app: string): Pass | { waitSeconds: number };
  states(): Record<string, CircuitState>;
}

type Settings = Pick<Config, 'CIRCUIT_FAILURES' | 'CIRCUIT_SILENT_MS' | 'CIRCUIT_REST_MS'>;

export function createCircuits(settings: Settings, apps: readonly string[], log: Pick<Log, 'warn' | 'info'>): Circuits {
  const tell = (app: string, open: boolean): void => {
    if (open) log.warn({ app }, 'circuit open: this app does not answer and is left alone');
    else log.info({ app }, 'circuit closed: this app answers again');
  };
  const circuits = new Map(
    apps.map((app) => [
      app,
      createCircuit({
        failures: settings.CIRCUIT_FAILURES,
        silentMs: settings.CIRCUIT_SILENT_MS,
        restMs: settings.CIRCUIT_REST_MS,
        onChange: (open) => tell(app, open),
      }),
    ]),
  );
  const states = () => Object.fromEntries([...circuits].map(([app, circuit]) => [app, circuit.state()]));
  const metrics = circuitMetrics(apps, states);
  return {
    enter(app) {
      const pass = circuits.get(app)?.enter() ?? { answered() {}, failed() {}, dropped() {} };
      if ('waitSeconds' in pass) metrics.countRefused(app);
      return pass;
    },
    states,
  };
}
