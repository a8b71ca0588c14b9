import type { Db, Tx } from '@muster/db';
import type { ErasingService } from '../domain/stored-erasure.ts';

export interface ErasureStep {
  personId: string;
  service: ErasingService;
  /** 1, then 2: what was on its way during the first look. */
  look: number;
  attempts: number;
}

/** What every service has to do from `at` on. */
export async function insertSteps(tx: Tx, personId: string, services: readonly string[], at: string): Promise<void> {
  await tx`
    insert into erasure_steps (person_id, service, next_attempt_at)
    select ${personId}, service, ${at} from unnest(${services as string[]}::text[]) as step (service)
    on conflict do nothing
  `;
}

/** Takes a step that is due and puts its next try off, so that another process does not take it too. */
export async function claimStep(db: Db, o: { now: string; retryAt: string }): Promise<ErasureStep | undefined> {
  const [step] = await db<ErasureStep[]>`
    update erasure_steps set attempts = attempts + 1, next_attempt_at = ${o.retryAt}
    where (person_id, service) = (
      select person_id, service from erasure_steps where done_at is null and next_attempt_at <= ${o.now}
      order by next_attempt_at limit 1 for update skip locked
    )
    returning person_id as "personId", service, look, attempts
  `;
  return step;
}

/** The service wants to be asked again at `at`: there is more to do, it is away, or the second look is due then. */
export async function planStep(db: Db, step: ErasureStep, o: { look: number; at: string }): Promise<void> {
  await db`
    update erasure_steps set look = ${o.look}, next_attempt_at = ${o.at}
    where person_id = ${step.personId} and service = ${step.service} and look = ${step.look}
  `;
}

/** The service is done; with the last one the erasure is. */
export async function finishStep(tx: Tx, { personId, service }: ErasureStep, at: string): Promise<void> {
  await tx`select from personal_erasures where person_id = ${personId} for update`;
  await tx`
    update erasure_steps set done_at = coalesce(done_at, ${at}) where person_id = ${personId} and service = ${service}
  `;
  await tx`
    update personal_erasures set status = 'done', done_at = ${at} where person_id = ${personId} and status = 'erasing'
      and not exists (select from erasure_steps where person_id = ${personId} and done_at is null)
  `;
}
