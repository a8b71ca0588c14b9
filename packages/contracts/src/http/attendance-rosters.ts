import { z } from 'zod';
import { id, instant, localDate } from '../ids.ts';
import { pageOf, pageQuery } from '../paging.ts';
import { text } from '../text.ts';
import { wholeNumber } from '../whole-number.ts';
import { workDate } from './attendance-days.ts';

const dayMs = 86_400_000;
const inOrder = ({ from, to }: { from: string; to?: string | null | undefined }): boolean => !to || from <= to;
const notBefore = { message: 'must not lie before from', path: ['to'] };
const within =
  (days: number) =>
  ({ from, to }: { from: string; to: string }): boolean =>
    Date.parse(to) - Date.parse(from) < days * dayMs;
/** The longest span of one roster, and of one look at it, in days. */
export const longestRosterDays = 62;
const tooLong = { message: `must lie within ${longestRosterDays} days of from`, path: ['to'] };
const ourId = id.toLowerCase();
/** Shift types of one day: none is a day off, several are split shifts. */
const cell = z
  .array(ourId)
  .max(4)
  .refine((ids) => new Set(ids).size === ids.length, 'must not name a shift type twice');

/** A pattern that repeats from `anchor` on, a cell a day. */
export const createRotationBody = z
  .strictObject({ name: text(120), anchor: workDate, pattern: z.array(cell).min(1).max(366) })
  .refine(({ pattern }) => pattern.some((day) => day.length > 0), { message: 'must have a shift', path: ['pattern'] })
  .meta({
    example: {
      name: 'Two nights on, two off',
      anchor: '2026-11-23',
      pattern: [['019a0000-0000-7000-8000-00000000a0a0'], ['019a0000-0000-7000-8000-00000000a0a0'], [], []],
    },
  });
export type CreateRotationBody = z.output<typeof createRotationBody>;
export const rotationView = z.object({
  id,
  name: z.string(),
  anchor: localDate,
  pattern: z.array(z.array(id)),
  version: z.int(),
  retiredAt: instant.nullable(),
});
export type RotationView = z.infer<typeof rotationView>;
export const rotationPage = pageOf(rotationView);

const weekdays = z
  .array(z.int().min(1).max(7))
  .min(1)
  .max(7)
  .refine((days) => new Set(days).size === days.length, 'must not name a day twice');

/** A shift type (on some days of the week, if so), or a rotation that the person is `offset` days ahead of. */
export const createAssignmentBody = z
  .strictObject({
    employeeId: ourId,
    /** `DEFAULT` counts where no `ASSIGNMENT` does. */
    kind: z.enum(['ASSIGNMENT', 'DEFAULT']).default('ASSIGNMENT'),
    shiftTypeId: ourId.optional(),
    /** ISO: 1 is Monday. Every day if left out. */
    weekdays: weekdays.optional(),
    rotationId: ourId.optional(),
    offset: z.int().min(0).max(365).default(0),
    from: workDate,
    /** Included; until further notice if left out. */
    to: workDate.nullish(),
  })
  .refine(({ shiftTypeId, rotationId }) => (shiftTypeId === undefined) !== (rotationId === undefined), {
    message: 'give either shiftTypeId or rotationId',
    path: ['shiftTypeId'],
  })
  .refine((body) => body.weekdays === undefined || body.shiftTypeId !== undefined, {
    message: 'go with a shift type only',
    path: ['weekdays'],
  })
  .refine((body) => body.offset === 0 || body.rotationId !== undefined, {
    message: 'goes with a rotation only',
    path: ['offset'],
  })
  .refine(inOrder, notBefore)
  .meta({
    example: {
      employeeId: '019a0000-0000-7000-8000-00000000a0a0',
      shiftTypeId: '019a0000-0000-7000-8000-00000000a0a1',
      weekdays: [1, 2, 3, 4, 5],
      from: '2026-12-01',
    },
  });
export type CreateAssignmentBody = z.output<typeof createAssignmentBody>;
/** An assignment is ended, or goes on; whatever else changes is another assignment. */
export const updateAssignmentBody = z.strictObject({ to: workDate.nullable() }).meta({ example: { to: '2026-12-31' } });
export type UpdateAssignmentBody = z.output<typeof updateAssignmentBody>;
export const assignmentView = z.object({
  id,
  employeeId: id,
  kind: z.enum(['ASSIGNMENT', 'DEFAULT']),
  shiftTypeId: id.nullable(),
  weekdays: z.array(z.int()).nullable(),
  rotationId: id.nullable(),
  offset: z.int(),
  from: localDate,
  to: localDate.nullable(),
  zone: z.string(),
  version: z.int(),
});
export type AssignmentView = z.infer<typeof assignmentView>;
export const assignmentPage = pageOf(assignmentView);
export const assignmentQuery = z.strictObject({ ...pageQuery.shape, employeeId: ourId.optional() });
export type AssignmentQuery = z.output<typeof assignmentQuery>;

export const createDraftBody = z
  .strictObject({ siteId: ourId, from: workDate, to: workDate, name: text(120).optional() })
  .refine(inOrder, notBefore)
  .refine(within(longestRosterDays), tooLong)
  .meta({
    example: { siteId: '019a0000-0000-7000-8000-00000000a0a0', from: '2026-11-23', to: '2026-11-29', name: 'Week 48' },
  });
export type CreateDraftBody = z.output<typeof createDraftBody>;

/** `shiftTypeIds` empty: a day off; null: nothing of its own, what assignment or default say. */
export const rosterEntry = z.object({
  employeeId: id,
  date: localDate,
  shiftTypeIds: z.array(id).nullable(),
  /** Whether it plans a shift over approved leave of the whole day: told, and not refused. */
  onLeave: z.boolean(),
});
export type RosterEntry = z.infer<typeof rosterEntry>;
export const rosterEntryPage = pageOf(rosterEntry);

/** Each entry replaces what the draft said of that person's date; what is not named stays. */
export const putEntriesBody = z
  .strictObject({
    entries: z
      .array(z.strictObject({ employeeId: ourId, date: workDate, shiftTypeIds: cell.nullable() }))
      .min(1)
      .max(1000)
      .refine((all) => new Set(all.map(({ employeeId, date }) => `${employeeId} ${date}`)).size === all.length, {
        message: 'must not name a person’s date twice',
      }),
  })
  .meta({
    example: {
      entries: [
        {
          employeeId: '019a0000-0000-7000-8000-00000000a0a0',
          date: '2026-11-23',
          shiftTypeIds: ['019a0000-0000-7000-8000-00000000a0a1'],
        },
      ],
    },
  });
export type PutEntriesBody = z.output<typeof putEntriesBody>;

export const rosterView = z.object({
  id,
  siteId: id,
  name: z.string().nullable(),
  from: localDate,
  to: localDate,
  status: z.enum(['DRAFT', 'PUBLISHED']),
  entries: z.int(),
  createdBy: id,
  createdAt: instant,
  publishedAt: instant.nullable(),
  version: z.int(),
});
export type RosterView = z.infer<typeof rosterView>;
export const rosterPage = pageOf(rosterView);
/** A roster with the shifts it plans over approved leave of whole days: how many, and the first hundred. Planners may mean it. */
export const draftView = rosterView.extend({
  onLeave: z.object({ total: z.int(), entries: z.array(z.object({ employeeId: id, date: localDate })).max(100) }),
});
export type DraftView = z.infer<typeof draftView>;
export const draftQuery = z.strictObject({
  ...pageQuery.shape,
  siteId: ourId.optional(),
  status: z.enum(['DRAFT', 'PUBLISHED']).optional(),
});
export type DraftQuery = z.output<typeof draftQuery>;

/** A planned shift. Instants are UTC; `date` is the local date of its start. */
export const plannedShift = z.object({
  date: localDate,
  shiftTypeId: id,
  name: z.string(),
  zone: z.string(),
  startsAt: instant,
  endsAt: instant,
  source: z.enum(['ROSTER', 'ASSIGNMENT', 'DEFAULT']),
});
export type PlannedShiftView = z.infer<typeof plannedShift>;

export const rosterQuery = z
  .strictObject({
    ...pageQuery.shape,
    siteId: ourId.optional(),
    employeeId: ourId.optional(),
    from: workDate,
    to: workDate,
  })
  .refine(inOrder, notBefore)
  .refine(within(longestRosterDays), tooLong);
export type RosterQuery = z.output<typeof rosterQuery>;

/** A page of people, each with the shifts that are published for them. */
export const personRoster = z.object({
  employeeId: id,
  name: z.string(),
  siteId: id,
  shifts: z.array(plannedShift),
});
export type PersonRoster = z.infer<typeof personRoster>;
export const personRosterPage = pageOf(personRoster);

/** People by cursor: a look at everybody who is planned for. */
export const movedQuery = z.strictObject({ cursor: ourId.optional(), limit: wholeNumber(1, 100).default(10) });
export type MovedQuery = z.output<typeof movedQuery>;

/** Future shifts whose instants a newer time-zone database moves: when they were to be, and when they are by now. */
export const movedShifts = z.object({
  data: z.array(
    z.object({
      employeeId: id,
      date: localDate,
      shiftTypeId: id,
      name: z.string(),
      zone: z.string(),
      wasStartsAt: instant,
      wasEndsAt: instant,
      startsAt: instant,
      endsAt: instant,
    }),
  ),
  meta: z.object({ nextCursor: z.string().nullable() }),
});
export type MovedShifts = z.infer<typeof movedShifts>;
