import { expectStatus } from '@muster/demo';
import { v7 as uuid } from 'uuid';
import { describe, expect, it } from 'vitest';
import { eventually } from '../src/eventually.ts';
import { world } from '../src/world.ts';

interface Mail {
  subject: string;
  text: string;
  html: string;
  from: string;
}

const password = 'Mailed-password-1';
const newAddress = (): string => `${uuid()}@tests.muster.example`;

/** The newest mail of that subject to that address, once it has arrived at the catcher. */
async function mailTo(address: string, subject: string): Promise<Mail> {
  const { platform } = await world();
  return await eventually(`a mail "${subject}"`, async () => {
    const mails = (await (await fetch(`${platform.urls.mail}/api/mails?to=${address}`)).json()) as Mail[];
    return mails.find((mail) => mail.subject === subject);
  });
}

const tokenOf = ({ text }: Mail): string => /#token=([\w-]+)/.exec(text)?.[1] ?? '';

describe('mail', () => {
  it('register → mail → verified, a forgotten password → mail → reset: the old session ends', async () => {
    const { api, platform } = await world();
    const email = newAddress();
    const post = (path: string, body: object, token?: string) =>
      api.call<{ accessToken: string; refreshToken: string; user: { emailVerified: boolean } }>('POST', path, {
        body,
        token,
        patience: 20,
      });
    const session = expectStatus(await post('/api/auth/register', { email, password, name: '<b>Mail</b>' }), 201);
    expect(session.user.emailVerified).toBe(false);

    const confirm = await mailTo(email, 'Confirm your e-mail address');
    expect(confirm.text).toContain(`${platform.env('auth').PUBLIC_URL}/verify-email#token=`);
    expect(confirm.html).not.toContain('<b>Mail</b>');
    expectStatus(await post('/api/auth/verify-email', { token: tokenOf(confirm) }), 204);
    const profile = await api.call<{ emailVerified: boolean }>('GET', '/api/auth/profile', {
      token: session.accessToken,
    });
    expect(profile.body.emailVerified).toBe(true);

    expectStatus(await post('/api/auth/forgot-password', { email }), 202);
    expectStatus(await post('/api/auth/forgot-password', { email: newAddress() }), 202);
    const token = tokenOf(await mailTo(email, 'Choose a new password'));
    const newPassword = 'Mailed-password-2';
    expectStatus(await post('/api/auth/reset-password', { token, newPassword }), 204);
    expect((await post('/api/auth/reset-password', { token, newPassword })).status).toBe(401);
    await mailTo(email, 'Your password was changed');
    expect((await post('/api/auth/refresh', { refreshToken: session.refreshToken })).status).toBe(401);
    const old = await api.call('GET', '/api/auth/profile', { token: session.accessToken });
    expect(old.status).toBe(401);
    expect((await post('/api/auth/login', { email, password })).status).toBe(401);
    expect((await post('/api/auth/login', { email, password: newPassword })).status).toBe(200);
    // Every row went with its mail, that of the address nobody has, too.
    const { sql } = await world();
    await eventually('the queue is empty', async () => {
      const [row] = await sql('auth')<{ n: number }[]>`select count(*)::int as n from mails`;
      return row?.n === 0 || undefined;
    });
  });

  it('HR creates a person: the invitation arrives, and opens the account', async () => {
    const { api, adminToken } = await world();
    const email = newAddress();
    const body = { email, name: 'Invited By Mail', position: 'Nurse' };
    const { id } = expectStatus(
      await api.call<{ id: string }>('POST', '/api/employees', { token: adminToken(), body }),
      201,
    );
    const token = tokenOf(await mailTo(email, 'Your invitation to Muster'));
    const again = await api.call('POST', `/api/users/${id}/invitation`, { token: adminToken() });
    expect(again.status).toBe(202);
    const accept = { body: { token, password }, patience: 20 };
    const session = expectStatus(
      await api.call<{ user: { id: string; emailVerified: boolean } }>('POST', '/api/auth/accept-invitation', accept),
      200,
    );
    expect(session.user).toMatchObject({ id, emailVerified: true });
  });

  it('waits while the mail server is away', async () => {
    const { api, platform } = await world();
    const email = newAddress();
    await platform.part('mail').stop();
    const body = { email, password, name: 'Patient' };
    expect((await api.call('POST', '/api/auth/register', { body, patience: 20 })).status).toBe(201);
    await eventually('it was tried', async () => {
      const { sql } = await world();
      const rows = await sql('auth')`select from mails where attempts > 0`;
      return rows.length > 0 || undefined;
    });
    await platform.part('mail').start();
    expect(tokenOf(await mailTo(email, 'Confirm your e-mail address'))).not.toBe('');
  });

  it('a browser that signed in is known by its cookie, through the gateway', async () => {
    const { api, admin } = await world();
    const answer = await api.call('POST', '/api/auth/login', { body: admin, patience: 20 });
    expect(String(answer.headers['set-cookie'])).toMatch(/^muster_device=.+HttpOnly; SameSite=Strict/);
  });
});
