import { AppError } from '@muster/contracts';
import type { RuleVersion, RuleVersionBody } from '@muster/contracts/http/attendance-rules';
import { insertOutbox, newEvent, newId, withIdempotency } from '@muster/db';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { isoInstant } from '../../domain/instant.ts';
import { describeRuleVersion, ruleVersionName, storedRules } from '../../domain/timesheets/rule-version.ts';
import { passMonthGate } from '../../sql/corrections/month-gate.ts';
import { findSite } from '../../sql/find-site.ts';
import { isLockedFrom } from '../../sql/timesheets/is-locked-from.ts';
import { queueDaysOfRules } from '../../sql/timesheets/queue-days-of-rules.ts';
import { insertRuleVersion } from '../../sql/timesheets/rule-versions.ts';

/**
 * Says by which rules a site's days are counted from a date on; earlier days keep theirs. The days concerned are derived again.
 * @throws AppError not_found for a site nobody knows, month_locked, idempotency_mismatch, request_in_progress
 */
export async function setRules(deps: Deps, actor: Actor, body: RuleVersionBody, key?: string): Promise<RuleVersion> {
  authorise(actor, 'rules.manage');
  const { siteId = null, validFrom, name } = body;
  if (siteId !== null && siteId !== deps.defaultPlace.siteId && !(await findSite(deps.sql, siteId)))
    throw new AppError('not_found', 'There is no such site.');
  const createdAtMs = deps.clock.now().epochMilliseconds;
  const { body: answer } = await withIdempotency({
    sql: deps.sql,
    scope: `POST /api/attendance/rules ${actor.id}`,
    key,
    request: body,
    run: async (tx) => {
      // Nobody closes a month meanwhile.
      await passMonthGate(tx);
      if (await isLockedFrom(tx, siteId, validFrom))
        throw new AppError('month_locked', 'A month from that date on is closed: unlock it first.');
      const one = await insertRuleVersion(tx, {
        id: newId(),
        siteId,
        validFrom,
        name,
        rules: body.rules && storedRules(body.rules),
        createdAtMs,
        createdBy: actor.id,
      });
      await queueDaysOfRules(tx, siteId, validFrom);
      const base = { version: one.seq, occurredAt: isoInstant(createdAtMs), actor: toEventActor(actor) };
      const about = { ruleVersionId: one.id, rules: ruleVersionName(one.seq), siteId, validFrom, name };
      await insertOutbox(tx, [newEvent('attendance.rules-changed.v1', { ...base, ...about })]);
      return { status: 201, body: describeRuleVersion(one) };
    },
  });
  deps.relay.wake();
  return answer as RuleVersion;
}
