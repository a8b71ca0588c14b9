import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EnvFolder } from '../src/env/env-folder.ts';
import { freePort, type Ports } from '../src/env/ports.ts';
import type { Secrets } from '../src/env/secrets.ts';
import type { CaughtMail } from '../src/mail/mailbox.ts';
import { mailPart } from '../src/parts/mail.ts';
import { createPart } from '../src/process/create-part.ts';
import type { Part } from '../src/process/part.ts';

let data: string;
let part: Part;
let ports: Ports;
const at = (path: string) => `http://127.0.0.1:${ports.mail}${path}`;
const mails = async (query = ''): Promise<CaughtMail[]> =>
  (await (await fetch(at(`/api/mails${query}`))).json()) as never;

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'muster-mail-'));
  ports = { smtp: await freePort(), mail: await freePort() } as Ports;
  const context = { folder: { data } as EnvFolder, ports, secrets: {} as Secrets, throwaway: true };
  const book = { enter() {}, strike() {} } as never;
  part = createPart(mailPart(context), { logFile: join(data, 'mail.log'), book, mark: {} });
  await part.start();
});
afterAll(async () => {
  await part.stop();
  await rm(data, { recursive: true, force: true });
});

async function deliver(to: string, subject: string, html = '<p>Hello</p>'): Promise<void> {
  const transport = createTransport({ url: `smtp://127.0.0.1:${ports.smtp}` });
  await transport.sendMail({
    from: 'Muster <m@muster.example>',
    to,
    subject,
    text: 'https://muster.example/#token=x',
    html,
  });
  transport.close();
}

describe('the mail catcher', () => {
  it('shows what was mailed, newest first, as JSON and as a page', async () => {
    await deliver('Ada@example.org', 'One');
    await deliver('bea@example.org', 'Two');
    expect((await mails()).map(({ subject }) => subject)).toEqual(['Two', 'One']);
    expect(await mails('?to=bea@example.org')).toMatchObject([
      { from: 'm@muster.example', text: expect.stringContaining('#token=x') },
    ]);
    const list = await (await fetch(at('/'))).text();
    expect(list).toContain('One');
    const [mail] = await mails('?to=bea@example.org');
    expect(await (await fetch(at(`/mails/${mail?.id}`))).text()).toContain('href="https://muster.example/#token=x"');
    expect((await fetch(at('/mails/none'))).status).toBe(404);
  });

  it('lets no mail run anything', async () => {
    await deliver('eve@example.org', '<script>alert(1)</script>', '"><script>alert(2)</script>');
    const [mail] = await mails('?to=eve@example.org');
    const page = await fetch(at(`/mails/${mail?.id}`));
    expect(await page.text()).not.toContain('<script>');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await (await fetch(at('/'))).text()).not.toContain('<script>');
  });

  it('forgets on demand', async () => {
    expect((await fetch(at('/api/mails'), { method: 'DELETE' })).status).toBe(204);
    expect(await mails()).toEqual([]);
  });
});
