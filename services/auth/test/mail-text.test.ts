import { describe, expect, test } from 'vitest';
import type { MailKind } from '../src/domain/mail/kinds.ts';
import { oneLine } from '../src/domain/mail/markup.ts';
import { writeMail } from '../src/domain/mail/write-mail.ts';

const publicUrl = 'https://muster.example';
const kinds: MailKind[] = ['invitation', 'password-reset', 'verify-email', 'password-changed', 'new-sign-in'];

describe('mails', () => {
  test.each([
    ['invitation', `${publicUrl}/accept-invitation#token=a-token`],
    ['password-reset', `${publicUrl}/reset-password#token=a-token`],
    ['verify-email', `${publicUrl}/verify-email#token=a-token`],
  ] as const)('%s: the link stands in the text and in the HTML, its token behind a #', (kind, url) => {
    const { text, html } = writeMail(kind, { publicUrl, token: 'a-token', details: {} });
    expect(text).toContain(`\n${url}\n`);
    expect(html).toContain(`href="${url}"`);
  });

  test.each(['password-changed', 'new-sign-in'] as const)('%s: carries no link', (kind) => {
    const { text, html } = writeMail(kind, { publicUrl, details: {} });
    expect(text + html).not.toMatch(/https?:|href/);
  });

  test('what a stranger wrote is text, on one line, and short', () => {
    const userAgent = `<script>alert(1)</script>"'&\r\nBcc: all@example.org\u2028\u202e${'x'.repeat(500)}`;
    const { text, html, subject } = writeMail('new-sign-in', { publicUrl, details: { userAgent, ip: '<b>1</b>' } });
    expect(html).not.toMatch(/<script|<b>/);
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp; Bcc: all@example.org');
    expect(text).not.toMatch(/^Bcc:/m);
    expect(text).not.toMatch(/[\r\u2028\u202e]/);
    expect(html).not.toContain('x'.repeat(121));
    expect(subject).not.toContain('Bcc');
  });

  test('subjects are fixed words of one line', () => {
    for (const kind of kinds) {
      const { subject } = writeMail(kind, { publicUrl, token: 't\r\nX: y', details: { ip: 'x', userAgent: 'y' } });
      expect(subject).toMatch(/^[A-Z][A-Za-z -]+$/);
    }
  });

  test('a token that is none cannot leave the link', () => {
    const { html } = writeMail('verify-email', { publicUrl, token: '"><script>', details: {} });
    expect(html).not.toContain('<script>');
  });

  test('one line keeps whole characters', () => {
    expect(oneLine('😀'.repeat(5), 3)).toBe('😀😀😀');
  });
});
