import type { BoardFacts, BoardStay } from '@muster/contracts';

/** What is stored of a person's plan for a date. */
export type StoredPlan = Pick<BoardFacts, 'shifts' | 'leave'>;

/** A person of a board, with the plans of the dates that count now and the stays that may. */
export interface BoardRow {
  readonly id: string;
  siteId: string;
  siteName: string | null;
  zone: string | null;
  plans: readonly StoredPlan[];
  stays: readonly BoardStay[];
}
