import type { Tx } from '../types.ts';

/** What became of events that were checked. */
export interface Verdicts {
  /** Every subscriber has them. */
  arrived: string[];
  /** A subscriber will never get them: publish them again. */
  lost: string[];
  /** Not known yet: ask again in `laterS` seconds. */
  unsure: string[];
}

export async function saveVerdicts(tx: Tx, { arrived, lost, unsure }: Verdicts, laterS: number): Promise<void> {
  if (arrived.length > 0) {
    await tx`update outbox set confirmed_at = now(), next_check_at = null where id = any(${arrived}::uuid[])`;
  }
  if (lost.length > 0) {
    await tx`update outbox set published_at = null, next_check_at = null where id = any(${lost}::uuid[])`;
  }
  if (unsure.length > 0) {
    await tx`update outbox set next_check_at = now() + make_interval(secs => ${laterS}) where id = any(${unsure}::uuid[])`;
  }
}
