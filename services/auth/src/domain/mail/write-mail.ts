import type { LinkKind, MailDetails, MailKind, NoticeKind } from './kinds.ts';
import { escapeHtml, oneLine } from './markup.ts';

/** A mail as it is sent. */
export interface Letter {
  subject: string;
  text: string;
  html: string;
}

interface Words {
  subject: string;
  before: string;
  /** What the link is called; the path it leads to. */
  link?: { label: string; path: string };
  after: string;
}

const links: Record<LinkKind, Words> = {
  invitation: {
    subject: 'Your invitation to Muster',
    before: 'An account at Muster has been made for you. Choose a password and you are in.',
    link: { label: 'Accept the invitation', path: '/accept-invitation' },
    after:
      'The link works once, within 7 days. If you do not know what this is about, leave it alone: nothing happens.',
  },
  'password-reset': {
    subject: 'Choose a new password',
    before: 'Somebody, most likely you, asked for a new password for your account at Muster.',
    link: { label: 'Choose a new password', path: '/reset-password' },
    after: 'The link works once, within 30 minutes. If it was not you, do nothing: your password stays as it is.',
  },
  'verify-email': {
    subject: 'Confirm your e-mail address',
    before: 'Please confirm that this mailbox is yours and that you have an account at Muster.',
    link: { label: 'Confirm the address', path: '/verify-email' },
    after: 'The link works once, within 30 minutes. If you have no account at Muster, do nothing.',
  },
};

const ifNot = 'If it was not you, choose a new password at once ("Forgot password") and tell your administrator.';
const notices: Record<NoticeKind, Words> = {
  'password-changed': {
    subject: 'Your password was changed',
    before: 'The password of your account at Muster was changed, and other sessions were ended.',
    after: ifNot,
  },
  'new-sign-in': {
    subject: 'A sign-in from a new place',
    before: 'Somebody signed in to your account at Muster from a place it was not used at before.',
    after: ifNot,
  },
};

const facts = ({ at, ip, userAgent }: MailDetails): string[] => [
  ...(at ? [`When: ${oneLine(at)}`] : []),
  ...(ip ? [`From: ${oneLine(ip)}`] : []),
  ...(userAgent ? [`With: ${oneLine(userAgent)}`] : []),
];

/**
 * Writes a mail. The token stands behind a `#`, which no server on the way ever sees or logs. Nothing an account's owner
 * chose (a name) is in it: whoever registers under another's address could speak through us.
 */
export function writeMail(
  kind: MailKind,
  o: { publicUrl: string; token?: string | undefined; details: MailDetails },
): Letter {
  const words: Words = kind in links ? links[kind as LinkKind] : notices[kind as NoticeKind];
  const url = words.link && `${o.publicUrl}${words.link.path}#token=${encodeURIComponent(o.token ?? '')}`;
  const told = facts(o.details);
  const text = [
    'Hello,',
    words.before,
    ...(url ? [url] : []),
    ...(told.length > 0 ? [told.join('\n')] : []),
    words.after,
  ];
  const paragraphs = [
    'Hello,',
    escapeHtml(words.before),
    ...(url ? [`<a href="${escapeHtml(url)}">${escapeHtml(words.link?.label ?? '')}</a>`, escapeHtml(url)] : []),
    ...(told.length > 0 ? [told.map(escapeHtml).join('<br>')] : []),
    escapeHtml(words.after),
  ];
  const body = paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join('\n');
  return {
    subject: words.subject,
    text: `${text.join('\n\n')}\n`,
    html: `<!doctype html>\n<html lang="en"><body style="font-family: sans-serif; max-width: 40em">\n${body}\n</body></html>\n`,
  };
}
