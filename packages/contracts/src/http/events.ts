import { z } from 'zod';
import { id, instant, localDate } from '../ids.ts';
import { cursorPageOf, cursorQuery, pageOf, pageQuery } from '../paging.ts';
import { text } from '../text.ts';

/** Query booleans arrive as text; coercing would turn `false` into true. */
const flag = z.enum(['true', 'false']).transform((value) => value === 'true');

export const notification = z.object({
  id,
  /** Counts from 1 without gaps for each recipient. */
  seq: z.int(),
  /** The event's type without its version, for instance `employee.employee-created`. */
  type: z.string(),
  title: z.string(),
  data: z.record(z.string(), z.unknown()),
  isRead: z.boolean(),
  readAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
});
export type Notification = z.infer<typeof notification>;

export const notificationQuery = pageQuery.extend({ isRead: flag.optional() });
export const notificationPage = pageOf(notification);
export const countAnswer = z.object({ count: z.int() });
export const markAsReadBody = z.strictObject({ notificationIds: z.array(id).min(1).max(1000) });

/** `inApp`: kept in the list at all. `live`: also sent over the socket. More channels come with later services. */
export const channels = z.strictObject({ inApp: z.boolean(), live: z.boolean() });
export const preference = z.strictObject({ kind: text(100), channels });
export type Preference = z.infer<typeof preference>;
/** Kinds that are not listed keep what they have. */
export const preferencesBody = z.strictObject({ preferences: z.array(preference).max(100) });
export const preferencesAnswer = z.object({ preferences: z.array(preference) });

export const auditEntry = z.object({
  seq: z.int(),
  /** The event's own id. */
  id,
  eventType: z.string(),
  occurredAt: z.iso.datetime(),
  recordedAt: z.iso.datetime(),
  userId: id.nullable(),
  entityType: z.string(),
  entityId: id.nullable(),
  actor: z.object({ id: z.string(), name: z.string(), role: z.string() }).loose().nullable(),
  /** The event's data as it was sent; after the erasure of a person (`erased`) without all that told who they were. */
  data: z.record(z.string(), z.unknown()).nullable(),
  erased: z.boolean(),
  /** This entry's link of the chain, hex. */
  hash: z.string(),
});
export type AuditEntry = z.infer<typeof auditEntry>;

const auditFilter = {
  /** Who did it. */
  userId: id.optional(),
  eventType: text(100).optional(),
  /** The thing or the person it was done to. */
  entityId: id.optional(),
  /** An instant, or a local day of the default site. */
  from: z.union([instant, localDate]).optional(),
  /** An instant (exclusive), or a local day of the default site (included). */
  to: z.union([instant, localDate]).optional(),
};

export const auditQuery = cursorQuery.extend(auditFilter);
export const auditPage = cursorPageOf(auditEntry);
export const auditExportQuery = z.strictObject({ ...auditFilter, format: z.enum(['csv', 'jsonl']).default('csv') });

export const auditStats = z.object({
  total: z.int(),
  /** Of the default site's local day. */
  today: z.int(),
  byEventType: z.array(z.object({ eventType: z.string(), count: z.int() })),
});

const head = z.object({
  seq: z.int(),
  hash: z.string(),
  signedAt: z.iso.datetime().nullable(),
  keyId: z.string().nullable(),
  /** Ed25519, base64; null only while the log is empty. */
  signature: z.string().nullable(),
});

export const brokenReasons = [
  'missing',
  'payload_changed',
  'columns_changed',
  'redaction_changed',
  'chain_broken',
  'truncated',
  'surplus',
  'head_mismatch',
  'signature_invalid',
] as const;

export const auditVerification = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), entries: z.int(), erased: z.int(), head }),
  z.object({
    ok: z.literal(false),
    firstBroken: z.object({ seq: z.int(), id: id.nullable(), reason: z.enum(brokenReasons) }),
  }),
]);
export type AuditVerification = z.infer<typeof auditVerification>;
export type BrokenReason = (typeof brokenReasons)[number];
