import { randomUUID } from 'node:crypto';
import PostalMime from 'postal-mime';

/** A mail that was caught. */
export interface CaughtMail {
  id: string;
  /** ISO instant. */
  receivedAt: string;
  from: string;
  to: string[];
  subject: string;
  text: string;
  html: string;
}

/** The latest mails, newest first; they are gone when the process is. */
export interface Mailbox {
  /** `to`: those the envelope names, whatever the headers say. */
  put(raw: Buffer, to: string[]): Promise<void>;
  list(to?: string): CaughtMail[];
  find(id: string): CaughtMail | undefined;
  clear(): void;
}

const most = 500;

export function createMailbox(): Mailbox {
  let mails: CaughtMail[] = [];
  return {
    async put(raw, to) {
      const { from, subject = '', text = '', html = '' } = await PostalMime.parse(raw);
      const receivedAt = new Date().toISOString();
      const sender = from && 'address' in from ? (from.address ?? '') : '';
      mails = [{ id: randomUUID(), receivedAt, from: sender, to, subject, text, html }, ...mails].slice(0, most);
    },
    list: (to) => mails.filter((mail) => to === undefined || mail.to.includes(to)),
    find: (id) => mails.find((mail) => mail.id === id),
    clear() {
      mails = [];
    },
  };
}
