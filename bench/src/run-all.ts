import type { Bench } from './bench.ts';
import { type MonthReport, runMonth } from './month/run-month.ts';
import type { Plan } from './options.ts';
import { scenarios } from './scenarios/index.ts';
import { type LoginMix, runLogins } from './scenarios/logins.ts';
import type { Run } from './scenarios/scenario.ts';
import { undisturbed } from './undisturbed.ts';

export interface Results {
  /** Every run by scenario, in order of repetition. */
  runs: Map<string, Run[]>;
  logins: LoginMix[];
  /** Once: it fills the database. */
  month: MonthReport | undefined;
}

// Enough for the compilers of both sides; nothing of it is kept.
const warmUp = { quick: true, repetitions: 1, burst: 4000, gatewayBurst: 2000, plainBurst: 2000, halfLoadSeconds: 1 };

/** Warms up, then runs all scenarios one after the other, again and again: noise of the machine meets all of them alike. */
export async function runAll(bench: Bench, plan: Plan): Promise<Results> {
  const wanted = (id: string): boolean => plan.only.length === 0 || plan.only.includes(id);
  const chosen = scenarios.filter(({ id }) => wanted(id));
  const runs = new Map<string, Run[]>(chosen.map(({ id }) => [id, []]));
  const logins: LoginMix[] = [];
  let month: MonthReport | undefined;
  try {
    bench.say('warming up');
    const warm = new Map<string, Run>();
    for (const scenario of chosen) warm.set(scenario.id, await scenario.run(bench, { ...plan, ...warmUp }, warm));
    for (let repetition = 1; repetition <= plan.repetitions; repetition++) {
      const earlier = new Map<string, Run>();
      for (const scenario of chosen) {
        const run = await undisturbed(
          plan,
          () => scenario.run(bench, plan, earlier),
          (one) => one.othersCores,
        );
        earlier.set(scenario.id, run);
        runs.get(scenario.id)?.push(run);
        const audited = run.audit ? `, all audited after ${run.audit.totalSeconds.toFixed(1)} s` : '';
        bench.say(
          `${repetition}/${plan.repetitions} ${scenario.title}: ${run.perSecond.toFixed(0)}/s, p99 ${run.p99Ms.toFixed(1)} ms${audited}; others used ${run.othersCores.toFixed(2)} cores`,
        );
      }
      if (!wanted('logins')) continue;
      const rate = earlier.get('gateway')?.perSecond ?? 1000;
      const mix = await undisturbed(
        plan,
        () => runLogins(bench, plan, rate),
        (one) => Math.max(one.alone.othersCores, one.beside.othersCores),
      );
      logins.push(mix);
      bench.say(
        `${repetition}/${plan.repetitions} sign-ins beside check-ins: ${(mix.refused * 100).toFixed(0)} % refused`,
      );
    }
    // Last: the others measure a database as large as they found it.
    if (wanted('month')) month = await runMonth(bench, plan.month);
  } finally {
    for (const scenario of scenarios) await scenario.close?.();
  }
  return { runs, logins, month };
}
