import type { Letter } from '../domain/mail/write-mail.ts';

/** What carries mails away. */
export interface Post {
  /** Resolves when the mail server took it. `id` stays the same however often one mail is tried. */
  send(letter: Letter & { id: string; to: string }): Promise<void>;
  close(): void;
}

/** The server will never take this mail (no such mailbox): trying again only annoys it. */
export class UndeliverableError extends Error {
  override readonly name = 'UndeliverableError';
}
