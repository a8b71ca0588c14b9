import { z } from 'zod';
import { atLeastOneField } from '../changes-something.ts';
import { id, instant, localDate } from '../ids.ts';
import { pageOf, pageQuery } from '../paging.ts';
import { text } from '../text.ts';

const personId = id.toLowerCase();
const peopleOf = (max: number) => z.array(personId).max(max);
/** The most members one class has, and the most teachers. */
export const largestClass = 1000;
const teacherIds = peopleOf(50);
const memberIds = peopleOf(largestClass);
const workDate = localDate.refine(
  (value) => value >= '2000-01-01' && value < '2100-01-01',
  'must lie between the years 2000 and 2100',
);

export const createClassBody = z
  .strictObject({
    name: text(120),
    /** Whose day counts; the default site where it is left out. */
    siteId: id.toLowerCase().optional(),
    teacherIds: teacherIds.default([]),
    memberIds: memberIds.default([]),
  })
  .meta({ example: { name: 'Welding, first year' } });
export type CreateClassBody = z.output<typeof createClassBody>;

/** Lists of people replace what was there, as a whole. */
export const updateClassBody = z
  .strictObject({
    name: text(120).optional(),
    siteId: id.toLowerCase().optional(),
    teacherIds: teacherIds.optional(),
    memberIds: memberIds.optional(),
  })
  .refine(...atLeastOneField)
  .meta({ example: { name: 'Welding, second year' } });
export type UpdateClassBody = z.output<typeof updateClassBody>;

const named = z.object({ id, name: z.string() });

export const classView = z.object({
  id,
  name: z.string(),
  siteId: id,
  /** IANA zone of the site: whose day a mark belongs to. */
  zone: z.string(),
  teachers: z.array(named),
  memberCount: z.int(),
  version: z.int(),
});
export type ClassView = z.infer<typeof classView>;
export const classPage = pageOf(classView);

export const classListQuery = z.strictObject({ ...pageQuery.shape, siteId: id.toLowerCase().optional() });
export type ClassListQuery = z.output<typeof classListQuery>;

export const markStatus = z.enum(['present', 'absent', 'late', 'excused']);
export type MarkStatus = z.infer<typeof markStatus>;

const stored = { status: markStatus, timestamp: instant };

/** The members by name, each with their mark of one day. */
export const registerQuery = z.strictObject({ date: workDate.optional() });
export const classRegister = z.object({
  classId: id,
  date: localDate,
  members: z.array(named.extend({ status: markStatus.nullable(), timestamp: instant.nullable() })),
});
export type ClassRegister = z.infer<typeof classRegister>;

/** The shortest and longest time a mark may be cached, and what counts without a word, in seconds. */
export const cacheSeconds = { least: 60, most: 86_400, usual: 3600 } as const;

export const markBody = z.strictObject({
  classId: id.toLowerCase(),
  studentId: personId,
  status: markStatus,
  /** Seconds for which Redis keeps it. */
  ttl: z.int().min(cacheSeconds.least).max(cacheSeconds.most).default(cacheSeconds.usual),
});
export type MarkBody = z.output<typeof markBody>;

export const markAnswer = z.object({ message: z.string(), cacheKey: z.string() });
export type MarkAnswer = z.infer<typeof markAnswer>;

/** One value of the cache, as `redis-cli get` shows it. */
export const cachedMark = z.object(stored);
export type CachedMark = z.infer<typeof cachedMark>;

/** Today at the class's site, where no date is given. */
export const studentMarkQuery = z.strictObject({
  classId: id.toLowerCase(),
  studentId: personId,
  date: workDate.optional(),
});
export type StudentMarkQuery = z.output<typeof studentMarkQuery>;

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
/** `attendance_{classId}_{studentId}_{date}` */
export const cacheKeyQuery = z.strictObject({
  key: z
    .string()
    .max(100)
    .regex(new RegExp(`^attendance_${uuid}_${uuid}_[0-9]{4}-[0-9]{2}-[0-9]{2}$`))
    .refine((key) => workDate.safeParse(key.slice(-10)).success, 'must end with a date of this century'),
});

export const classParams = z.object({ classId: id.toLowerCase() });
export const classStudentParams = z.object({ classId: id.toLowerCase(), studentId: personId });

/** Where an answer came from: Redis, Postgres (and Redis has it now), or Postgres since Redis is away. */
export const cacheHeader = ['hit', 'miss', 'bypass'] as const;
export type CacheUse = (typeof cacheHeader)[number];

/** Whether somebody may hear of a class: asked by `events` for a socket. */
export const watchBody = z.strictObject({ classId: id.toLowerCase() });
