import { parseArgs } from 'node:util';

export interface Options {
  /** Punches a second of the rush; before and after it a tenth of that. */
  rate: number;
  rushSeconds: number;
  /** Seconds between the moment the plan comes in sight and the rush: the lead time that is put to the test. */
  aheadSeconds: number;
  people: number;
  /** Most pods. */
  most: number;
  /** Processor of one pod, in thousandths: what makes a pod's capacity small enough for one machine to exceed it. */
  cpuMillis: number;
  /** Which runs: HPA alone, KEDA with the plan. */
  kinds: Kind[];
}

export type Kind = 'hpa' | 'keda';

/** `--rate 60 --seconds 90 --ahead 60 --people 200 --most 4 --cpu 150 --only hpa|keda` */
export function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      rate: { type: 'string', default: '60' },
      seconds: { type: 'string', default: '90' },
      ahead: { type: 'string', default: '60' },
      people: { type: 'string', default: '200' },
      most: { type: 'string', default: '4' },
      cpu: { type: 'string', default: '150' },
      only: { type: 'string' },
    },
  });
  const { only } = values;
  if (only !== undefined && only !== 'hpa' && only !== 'keda') throw new Error('--only hpa, or --only keda');
  return {
    rate: Number(values.rate),
    rushSeconds: Number(values.seconds),
    aheadSeconds: Number(values.ahead),
    people: Number(values.people),
    most: Number(values.most),
    cpuMillis: Number(values.cpu),
    kinds: only === undefined ? ['hpa', 'keda'] : [only],
  };
}
