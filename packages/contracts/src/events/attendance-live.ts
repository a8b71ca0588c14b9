import { z } from 'zod';
import { eventBase } from './actor.ts';

/** Topic `attendance`: events of the live board. */
export const liveEvents = {
  /** What is planned for these people for now is another: shifts, leave, holidays. Boards ask again. */
  'attendance.board-changed.v1': eventBase.extend({ employeeIds: z.array(z.uuid()) }),
} as const;
