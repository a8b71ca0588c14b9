import type { LeaveRequest } from '@muster/contracts/http/attendance-leave';
import type { LeaveSpan } from './count-leave.ts';

/** A leave request as it is stored. `charged` is half days. */
export interface StoredRequest extends LeaveSpan {
  id: string;
  employeeId: string;
  typeId: string;
  type: string;
  charged: number;
  status: LeaveRequest['status'];
  note: string | null;
  askedAtMs: number;
  decidedAtMs: number | null;
  decisionNote: string | null;
  version: number;
}
