import { Counter, Gauge, register, soleMetric } from '@muster/service-kit';

/** The counter of that name, made on first use: several apps in one test process share the registry. */
const counter = <L extends string>(name: string, help: string, label: L): Counter<L> =>
  (register.getSingleMetric(name) as Counter<L> | undefined) ?? new Counter({ name, help, labelNames: [label] });

export type SignInOutcome = 'succeeded' | 'failed' | 'refused';

/** How attempts to prove a password end: the share of failures is what an alert watches. */
export const signInMetric = (): Counter<'outcome'> =>
  counter('muster_sign_ins_total', 'Attempts to prove a password, by how they ended', 'outcome');

/** Attempts that a limit refused before they were made. */
export const refusalMetric = (): Counter<'by'> =>
  counter('muster_attempts_refused_total', 'Attempts refused by a limit, by the narrowest that was asked', 'by');

export type MailOutcome = 'sent' | 'postponed' | 'dropped' | 'unneeded';

/** How mails end; `unneeded` ones had nobody to go to. */
export const mailMetric = (): Counter<'outcome'> =>
  counter('muster_mails_total', 'Mails by what became of them', 'outcome');

/** Mails that wait (of the service: each of its processes tells the same). */
export function mailQueueMetrics(read: () => Promise<{ waiting: number; oldestSeconds: number }>): void {
  const gauge = (name: string, help: string, field: 'waiting' | 'oldestSeconds'): void => {
    new Gauge({
      name: soleMetric(name),
      help,
      async collect() {
        const queue = await read().catch(() => undefined);
        if (queue === undefined) this.remove();
        else this.set(queue[field]);
      },
    });
  };
  gauge('muster_mails_waiting', 'Mails that wait to be sent', 'waiting');
  gauge('muster_mails_oldest_seconds', 'Age of the oldest mail that waits', 'oldestSeconds');
}
