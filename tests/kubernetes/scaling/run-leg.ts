import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../../src/eventually.ts';
import { api, newPeople } from '../src/front-door.ts';
import { listPods } from '../src/pods.ts';
import type { Kind, Options } from './options.ts';
import { planNextQuarter } from './plan.ts';
import { punchThrough, type Seen } from './rush.ts';
import { scaleBy } from './settings.ts';
import { type PodCount, watchPods } from './watch-pods.ts';

/** What one shift change came to. */
export interface Leg {
  kind: Kind;
  pods: PodCount[];
  seen: Seen[];
}

const calmMs = 30_000;

/** One compressed shift change: calm, the plan comes in sight (with KEDA), calm, the rush, calm. */
export async function runLeg(kind: Kind, o: Options, tell: (line: string) => void): Promise<Leg> {
  tell(`${kind}: one pod of ${o.cpuMillis}m processor, at most ${o.most}`);
  await scaleBy(kind, o);
  const people = await newPeople(o.people);
  await calm();

  const few = o.rate / 10;
  const door = await api();
  const plannedAt = performance.now() + 10_000;
  const beganAt = plannedAt + o.aheadSeconds * 1000;
  const watch = watchPods(beganAt);
  const load = punchThrough(
    door,
    people,
    [
      { seconds: (beganAt - performance.now()) / 1000, perSecond: few },
      { seconds: o.rushSeconds, perSecond: o.rate },
      { seconds: 15, perSecond: few },
    ],
    beganAt,
  );
  await sleep(Math.max(0, plannedAt - performance.now()));
  const planned = o.rate * 15 * 60;
  const takeBack = kind === 'keda' ? await planNextQuarter(planned) : undefined;
  tell(`${kind}: ${takeBack ? `${planned} punches are planned, ` : ''}the rush comes in ${o.aheadSeconds} s`);
  try {
    const seen = await load;
    return { kind, pods: await watch.stop(), seen };
  } finally {
    await takeBack?.();
  }
}

/** One pod for a while: what its own start cost must not pass for foresight. */
async function calm(): Promise<void> {
  let since = performance.now();
  const look = async (): Promise<boolean> => {
    if ((await listPods('attendance')).length > 1) since = performance.now();
    return performance.now() - since > calmMs;
  };
  await eventually('one pod of attendance for a while', look, 300_000);
}
