import { direct, directFresh, halfDirect, halfGateway, throughGateway } from './muster.ts';
import { pgbenchBegin, pgbenchOne } from './pgbench.ts';
import { plain } from './plain.ts';
import type { Scenario } from './scenario.ts';

/** In the order of one repetition: what is compared runs close together. */
export const scenarios: readonly Scenario[] = [
  direct,
  throughGateway,
  pgbenchOne,
  plain,
  pgbenchBegin,
  directFresh,
  halfDirect,
  halfGateway,
];
