import { createHmac } from 'node:crypto';
import type { Sql } from '@muster/db';
import type { Clock } from '@muster/service-kit';
import type { Rule } from '../domain/attempt-limits.ts';
import { refusalMetric } from '../metrics.ts';
import { countAttempt, takeAttemptBack } from '../sql/attempt-counters.ts';

export interface AttemptLimiterOptions {
  sql: Sql;
  clock: Clock;
  /** Keys the digests under which attempts are stored. */
  secret: string;
}

/** An attempt that was counted. */
export interface Counted {
  /** As if it had not been made; what was counted under `cleared` (a kind of rule) is forgotten altogether. */
  takeBack(cleared?: string): Promise<void>;
}

/** Counts attempts in PostgreSQL: for all processes, whatever restarts. */
export interface AttemptLimiter {
  /** Counts an attempt before it is made, or answers how many seconds to wait: then nothing was counted. */
  count(rules: Rule[]): Promise<Counted | { waitSeconds: number }>;
}

export function createAttemptLimiter({ sql, clock, secret }: AttemptLimiterOptions): AttemptLimiter {
  const refused = refusalMetric();
  const keyOf = ({ kind, name }: Rule): string =>
    createHmac('sha256', secret).update(`attempt\n${kind}\n${name}`).digest('base64url');

  return {
    async count(rules) {
      const now = clock.now();
      const counters = rules.map(({ kind, name, ...limit }) => ({ key: keyOf({ kind, name, ...limit }), ...limit }));
      const until = await countAttempt(sql, counters, now);
      if (until !== undefined) {
        refused.inc({ by: rules[0]?.kind ?? '' });
        return { waitSeconds: Math.max(1, Math.ceil((until.getTime() - now.epochMilliseconds) / 1000)) };
      }
      return {
        takeBack: (cleared) => {
          const forgotten = counters.filter((_, index) => rules[index]?.kind === cleared).map(({ key }) => key);
          return takeAttemptBack(sql, counters, forgotten);
        },
      };
    },
  };
}
