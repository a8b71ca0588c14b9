import { Counter, Gauge, type Log, soleMetric } from '@muster/service-kit';
import type { Config } from '../config.ts';
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
  const refused = new Counter({
    name: soleMetric('muster_circuit_refused_total'),
    help: 'Requests refused at once because the app behind them does not answer',
    labelNames: ['callee'],
  });
  for (const app of apps) refused.inc({ callee: app }, 0);
  new Gauge({
    name: soleMetric('muster_circuit_open'),
    help: '1 while an app is left alone because it does not answer, but for a probe now and then',
    labelNames: ['callee'],
    collect() {
      for (const [app, circuit] of circuits) this.set({ callee: app }, circuit.state() === 'closed' ? 0 : 1);
    },
  });
  return {
    enter(app) {
      const pass = circuits.get(app)?.enter() ?? { answered() {}, failed() {}, dropped() {} };
      if ('waitSeconds' in pass) refused.inc({ callee: app });
      return pass;
    },
    states: () => Object.fromEntries([...circuits].map(([app, circuit]) => [app, circuit.state()])),
  };
}
