const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** One-time links end after this many seconds; an invitation has to survive a holiday. */
export const TOKEN_SECONDS = {
  'password-reset': 30 * minute,
  'verify-email': 30 * minute,
  invitation: 7 * day,
} as const;

/** Mails that carry a one-time link. */
export type LinkKind = keyof typeof TOKEN_SECONDS;
/** Mails that tell what has happened to an account. */
export type NoticeKind = 'password-changed' | 'new-sign-in';
export type MailKind = LinkKind | NoticeKind;

/** What a notice tells. Everything in it may come from a stranger: it is text, never markup. */
export interface MailDetails {
  /** RFC 3339, UTC. */
  at?: string;
  ip?: string;
  userAgent?: string;
}

/** After this many seconds without a chance to send it, a mail helps nobody any more. */
export const WORTH_SECONDS: Record<MailKind, number> = {
  'password-reset': 30 * minute,
  'verify-email': 3 * day,
  invitation: 7 * day,
  'password-changed': 3 * day,
  'new-sign-in': 3 * day,
};
