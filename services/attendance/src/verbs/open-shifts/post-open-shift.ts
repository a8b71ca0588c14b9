import { AppError } from '@muster/contracts';
import type { OpenShiftAnswer, PostOpenShiftBody } from '@muster/contracts/http/attendance-open-shifts';
import { type Db, insertOutbox, newEvent, newId, withIdempotency } from '@muster/db';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import type { PlannedShift } from '../../domain/days/index.ts';
import { type OpenShift, openShiftView } from '../../domain/open-shifts/open-shift.ts';
import { findSite } from '../../sql/find-site.ts';
import { insertOpenShift } from '../../sql/open-shifts/open-shifts.ts';
import { holdShiftTypes } from '../../sql/rosters/shift-types.ts';
import { noSuchShiftType } from '../rosters/shift-type-view.ts';
import { shiftOfType, toSwapped } from '../swaps/swap-shifts.ts';
import { factsOf } from './shift-event.ts';
import { siteInReach } from './site-in-reach.ts';
import { whoMayPickUp } from './who-may-pick-up.ts';

const peopleAnEvent = 1000;

/**
 * Posts places of a shift for people of a site to pick up, and tells who may. Managers do so for the site they work at.
 * @throws AppError not_found (site, shift type), conflict (begun), invalid_input, idempotency_mismatch, request_in_progress
 */
export async function postOpenShift(
  deps: Deps,
  actor: Actor,
  body: PostOpenShiftBody,
  key?: string,
): Promise<OpenShiftAnswer> {
  const scope = authorise(actor, 'open-shifts.manage');
  const nowMs = deps.clock.now().epochMilliseconds;
  const own = await siteInReach(deps.sql, actor, scope);
  const zone = await zoneOf(deps, deps.sql, body.siteId);
  if (zone === undefined || (own !== undefined && own !== body.siteId))
    throw new AppError('not_found', 'There is no such site.');
  const planned = await plannedShift(deps, body, zone);
  const shift = newShift(actor, body, planned, nowMs);
  const answer = await withIdempotency({
    sql: deps.sql,
    scope: `POST /api/rosters/open-shifts ${actor.id}`,
    key,
    request: body,
    run: async (tx) => {
      if (!(await holdShiftTypes(tx, [shift.shiftId])).has(shift.shiftId)) throw noSuchShiftType();
      await insertOpenShift(tx, shift);
      const data = { ...factsOf(shift, toEventActor(actor), nowMs), places: shift.places };
      const told: string[][] = [];
      for await (const people of whoMayPickUp(tx, shift.siteId, planned, peopleAnEvent)) {
        const others = people.filter((id) => id !== actor.id);
        if (others.length > 0) told.push(others);
      }
      const events = (told.length > 0 ? told : [[]]).map((employeeIds) =>
        newEvent('attendance.open-shift-posted.v1', { ...data, employeeIds }, { subject: shift.id }),
      );
      await insertOutbox(tx, events);
      return { status: 201, body: openShiftView(shift, null) };
    },
  });
  deps.relay.wake();
  return answer.body as OpenShiftAnswer;
}

async function plannedShift({ sql }: Deps, body: PostOpenShiftBody, zone: string): Promise<PlannedShift> {
  const planned = await shiftOfType(sql, body, zone);
  if (!planned) throw noSuchShiftType();
  return planned;
}

function newShift(actor: Actor, body: PostOpenShiftBody, planned: PlannedShift, nowMs: number): OpenShift {
  const { siteId, date, shiftId, places, needsApproval, note = null } = body;
  const { name, startsAtMs, endsAtMs } = toSwapped(planned);
  if (startsAtMs <= nowMs) throw new AppError('conflict', 'A shift that has begun cannot be picked up.');
  const giveBackUntilMs = body.giveBackUntil === undefined ? startsAtMs : Date.parse(body.giveBackUntil);
  if (giveBackUntilMs > startsAtMs) {
    const errors = [{ field: 'giveBackUntil', message: 'must not lie after the shift begins', in: 'body' as const }];
    throw new AppError('invalid_input', 'Some fields are not acceptable.', { errors });
  }
  return {
    ...{ id: newId(), siteId, date, shiftId, name, zone: planned.zone, startsAtMs, endsAtMs, giveBackUntilMs },
    ...{ places, taken: 0, needsApproval, note, status: 'OPEN', postedBy: actor.id, postedAtMs: nowMs, version: 1 },
  };
}

/** The default site may be planned for before its own event arrives, as people may clock in there. */
async function zoneOf({ defaultPlace }: Deps, sql: Db, siteId: string): Promise<string | undefined> {
  const site = await findSite(sql, siteId);
  return site?.zone ?? (siteId === defaultPlace.siteId ? defaultPlace.zone : undefined);
}
