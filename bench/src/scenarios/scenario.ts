import type { Bench } from '../bench.ts';
import type { AuditFigures } from '../measure/audit.ts';
import type { Usage } from '../measure/meter.ts';
import type { Summary } from '../measure/summarise.ts';
import type { Plan } from '../options.ts';

/** One run of one scenario. */
export interface Run extends Summary, Usage {
  /** Requests a second that were offered; absent for a burst. */
  offered?: number;
  audit?: AuditFigures;
}

export interface Scenario {
  id: string;
  title: string;
  /** `earlier`: the runs of this repetition so far, by scenario. */
  run(bench: Bench, plan: Plan, earlier: ReadonlyMap<string, Run>): Promise<Run>;
  /** Ends what was started for all repetitions. */
  close?(): Promise<void>;
}
