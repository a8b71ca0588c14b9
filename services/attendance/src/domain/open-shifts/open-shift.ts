import type { OpenShiftAnswer, PickAnswer } from '@muster/contracts/http/attendance-open-shifts';
import { isoInstant } from '../instant.ts';

/** Places of a shift that people of a site may pick up. Times are Unix milliseconds. */
export interface OpenShift {
  id: string;
  siteId: string;
  date: string;
  shiftId: string;
  name: string;
  zone: string;
  startsAtMs: number;
  endsAtMs: number;
  giveBackUntilMs: number;
  places: number;
  /** Places somebody has, or waits for. */
  taken: number;
  needsApproval: boolean;
  note: string | null;
  status: OpenShiftAnswer['status'];
  postedBy: string;
  postedAtMs: number;
  version: number;
}

/** One person's place. */
export interface Pick {
  id: string;
  openShiftId: string;
  employeeId: string;
  status: PickAnswer['status'];
  pickedAtMs: number;
  decidedAtMs: number | null;
  version: number;
}

/** An open shift as clients see it; `mine`: what became of the caller's own latest pick. */
export const openShiftView = (shift: OpenShift, mine: Pick['status'] | null): OpenShiftAnswer => ({
  id: shift.id,
  version: shift.version,
  status: shift.status,
  siteId: shift.siteId,
  date: shift.date,
  zone: shift.zone,
  shiftId: shift.shiftId,
  name: shift.name,
  startsAt: isoInstant(shift.startsAtMs),
  endsAt: isoInstant(shift.endsAtMs),
  giveBackUntil: isoInstant(shift.giveBackUntilMs),
  places: shift.places,
  free: shift.places - shift.taken,
  needsApproval: shift.needsApproval,
  note: shift.note,
  postedAt: isoInstant(shift.postedAtMs),
  mine,
});

/** A pick as clients see it. */
export const pickView = (pick: Pick): PickAnswer => ({
  openShiftId: pick.openShiftId,
  employeeId: pick.employeeId,
  status: pick.status,
  pickedAt: isoInstant(pick.pickedAtMs),
  decidedAt: pick.decidedAtMs === null ? null : isoInstant(pick.decidedAtMs),
});

/** What its events carry: no word that somebody wrote. */
export const openShiftFacts = ({ id, siteId, date, shiftId, startsAtMs, endsAtMs }: OpenShift) => ({
  openShiftId: id,
  ...{ siteId, date, shiftId },
  startsAt: isoInstant(startsAtMs),
  endsAt: isoInstant(endsAtMs),
});
