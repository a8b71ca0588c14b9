import type { CreateLeaveTypeBody, LeaveType, UpdateLeaveTypeBody } from '@muster/contracts/http/attendance-leave';

/** A leave type as it is stored: amounts are half days. */
export interface StoredLeaveType extends Omit<LeaveType, 'entitlement' | 'carryOverLimit'> {
  entitlement: number | null;
  carryOverLimit: number | null;
}

const twice = (days: number | null): number | null => (days === null ? null : days * 2);
const half = (halves: number | null): number | null => (halves === null ? null : halves / 2);

export const newLeaveType = (id: string, body: CreateLeaveTypeBody): StoredLeaveType => ({
  ...body,
  id,
  entitlement: twice(body.entitlement),
  carryOverLimit: twice(body.carryOverLimit),
  active: true,
  version: 1,
});

export const describeLeaveType = (type: StoredLeaveType): LeaveType => ({
  ...type,
  entitlement: half(type.entitlement),
  carryOverLimit: half(type.carryOverLimit),
});

/** The type after a change, and the names of the fields that differ, sorted: none when it says what is there. */
export function changeLeaveType(
  before: StoredLeaveType,
  { entitlement, carryOverLimit, ...body }: UpdateLeaveTypeBody,
): { after: StoredLeaveType; changedFields: string[] } {
  const wanted = {
    ...body,
    ...(entitlement !== undefined && { entitlement: twice(entitlement) }),
    ...(carryOverLimit !== undefined && { carryOverLimit: twice(carryOverLimit) }),
  };
  const given = Object.entries(wanted).filter(([, value]) => value !== undefined);
  const changed = given.filter(([name, value]) => before[name as keyof StoredLeaveType] !== value);
  const after = { ...before, ...Object.fromEntries(changed), version: before.version + 1 };
  return { after, changedFields: changed.map(([name]) => name).sort() };
}
