import { createTransport } from 'nodemailer';
import { type Post, UndeliverableError } from './post.ts';

export interface PostOptions {
  /** `smtp://user:password@host:port`, or `smtps://`. */
  url: string;
  /** `Name <address>`. */
  from: string;
}

const connectMs = 10_000;
const silenceMs = 30_000;

/** The recipient itself was refused for good; a refused password or sender is for an operator to mend, and mails wait. */
const isUndeliverable = (error: unknown): boolean => {
  const { code, responseCode } = error as { code?: string; responseCode?: number };
  return code === 'EENVELOPE' && responseCode !== undefined && responseCode >= 500 && responseCode < 600;
};

/** Sends mails by SMTP, over a few connections that are kept. TLS where the server offers it. */
export function createPost({ url, from }: PostOptions): Post {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: 3,
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    socketTimeout: silenceMs,
    // A mail is text of ours: nothing in it may name a file or an address to be read.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = /@([^\s>]+)/.exec(from)?.[1] ?? 'muster.local';
  return {
    async send({ id, to, subject, text, html }) {
      try {
        await transport.sendMail({
          from,
          // As an object: an address that was typed is never parsed for further ones.
          to: { name: '', address: to },
          subject,
          text,
          html,
          messageId: `<${id}@${domain}>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
        });
      } catch (error) {
        if (isUndeliverable(error)) throw new UndeliverableError((error as Error).message, { cause: error });
        throw error;
      }
    },
    close: () => transport.close(),
  };
}
