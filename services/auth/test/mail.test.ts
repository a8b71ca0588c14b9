import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { v7 } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createPost } from '../src/mail/create-post.ts';
import { type Post, UndeliverableError } from '../src/mail/post.ts';
import { dropLateMails, sendMails } from '../src/verbs/send-mails.ts';
import { admin, appApiToken, type Harness, password, startHarness, tokenOf } from './support/harness.ts';

let h: Harness;
beforeAll(async () => {
  h = await startHarness();
});
afterAll(() => h.stop());
afterEach(() => h.sql`truncate attempt_counters, mails`);

const waiting = () => h.sql<{ attempts: number }[]>`select attempts from mails`;
const failing = (error: Error): Post => ({ send: () => Promise.reject(error), close() {} });

describe('the queue of mails', () => {
  test('a request commits its mail and answers without a mail server', async () => {
    await h.register('ada');
    expect(await waiting()).toEqual([{ attempts: 0 }]);
    expect(await h.letters('ada@example.org')).toHaveLength(1);
    expect(await waiting()).toEqual([]);
  });

  test('a registration that fails sends nothing', async () => {
    const body = { email: 'ada@example.org', password, name: 'Ada' };
    expect((await h.call('POST', '/api/auth/register', { body })).status).toBe(409);
    expect(await waiting()).toEqual([]);
  });

  test('what is not taken is tried again, later each time, with a token of its own', async () => {
    await h.register('bea');
    const tokens: string[] = [];
    const refusing: Post = {
      send: (letter) => {
        tokens.push(tokenOf({ ...letter }));
        return Promise.reject(new Error('451 try later'));
      },
      close() {},
    };
    await sendMails(h.deps, refusing);
    await sendMails(h.deps, refusing);
    expect(tokens).toHaveLength(1);
    h.pass({ seconds: 6 });
    await sendMails(h.deps, refusing);
    h.pass({ seconds: 11 });
    const [letter] = await h.letters('bea@example.org');
    expect(new Set([...tokens, tokenOf(letter)]).size).toBe(3);
    const verify = (token: string) => h.call('POST', '/api/auth/verify-email', { body: { token } });
    expect((await verify(tokens[0] ?? '')).status).toBe(401);
    expect((await verify(tokenOf(letter))).status).toBe(204);
  });

  test('no token rests in the database', async () => {
    await h.register('cat');
    await sendMails(h.deps, failing(new Error('away')));
    h.pass({ seconds: 10 });
    const [letter] = await h.letters('cat@example.org');
    const dump = JSON.stringify([
      await h.sql`select m::text from mails m`,
      await h.sql`select t::text from one_time_tokens t`,
    ]);
    expect(dump).not.toContain(tokenOf(letter));
  });

  test('two processes send each mail once; what a killed one had taken is sent after its lease', async () => {
    for (let i = 0; i < 25; i++) {
      await h.sql`
        insert into mails (id, kind, user_id, details, created_at, expires_at, next_try_at)
        select ${v7()}, 'password-changed', id, '{}', ${h.now().toString()}, ${h.now().add({ hours: 1 }).toString()},
          ${h.now().toString()} from users where email = 'ada@example.org'
      `;
    }
    const ids: string[] = [];
    const post: Post = { send: async ({ id }) => void ids.push(id), close() {} };
    await h.warm();
    await Promise.all([sendMails(h.deps, post), sendMails(h.deps, post), sendMails(h.deps, post)]);
    expect(ids).toHaveLength(25);
    expect(new Set(ids).size).toBe(25);

    await h.register('dot');
    await h.sql`update mails set attempts = 1, next_try_at = ${h.now().add({ seconds: 120 }).toString()}`;
    expect(await h.letters('dot@example.org')).toHaveLength(0);
    h.pass({ seconds: 120 });
    expect(await h.letters('dot@example.org')).toHaveLength(1);
  });

  test('a mailbox that does not exist is given up at once; a mail that comes too late, too', async () => {
    await h.register('eli');
    await sendMails(h.deps, failing(new UndeliverableError('550 no such user')));
    expect(await waiting()).toEqual([]);
    await h.call('POST', '/api/auth/forgot-password', { body: { email: 'eli@example.org' } });
    h.pass({ minutes: 30 });
    expect(await dropLateMails(h.deps)).toBe(1);
    expect(await h.letters('eli@example.org')).toHaveLength(0);
  });
});

describe('invitations', () => {
  const headers = { 'dapr-api-token': appApiToken };
  const open = (body: object) => h.call('POST', '/internal/logins', { body, headers });
  const accept = (token: string) => h.call('POST', '/api/auth/accept-invitation', { body: { token, password } });

  test('go out by mail, once, and both tokens are good until one is used', async () => {
    const body = { id: v7(), email: 'fay@example.org', name: 'Fay', role: 'employee' };
    await open(body);
    const shown = (await open(body)).body.invitationToken;
    const letters = await h.letters(body.email);
    expect(letters.map(({ subject }) => subject)).toEqual(['Your invitation to Muster']);
    const mailed = tokenOf(letters[0]);
    expect(mailed).not.toBe(shown);
    const session = await accept(mailed);
    expect([session.status, session.body.user.emailVerified]).toEqual([200, true]);
    expect((await accept(shown)).body.code).toBe('invalid_token');
  });

  test('the one that was shown opens the account too, but proves no mailbox', async () => {
    const body = { id: v7(), email: 'gil@example.org', name: 'Gil', role: 'employee' };
    const shown = (await open(body)).body.invitationToken;
    const mailed = tokenOf((await h.letters(body.email))[0]);
    expect((await accept(shown)).body.user.emailVerified).toBe(false);
    expect((await accept(mailed)).body.code).toBe('invalid_token');
  });

  test('with a password nobody is invited', async () => {
    await open({ id: v7(), email: 'hal@example.org', name: 'Hal', role: 'employee', password });
    expect(await h.letters('hal@example.org')).toHaveLength(0);
  });

  test('are sent again by administrators and HR only, a few times, while they are needed', async () => {
    const body = { id: v7(), email: 'ida@example.org', name: 'Ida', role: 'employee' };
    await open(body);
    await open({ id: v7(), email: 'hr@example.org', name: 'HR', role: 'hr', password });
    const { accessToken: byHr } = await h.login({ email: 'hr@example.org', password });
    const { accessToken: byAdmin } = await h.login(admin);
    const { accessToken: byOther } = await h.register('other');
    const send = (id: string, token?: string) => h.call('POST', `/api/users/${id}/invitation`, { token });
    expect((await send(body.id)).status).toBe(401);
    expect((await send(body.id, byOther)).status).toBe(403);
    expect((await send(v7(), byHr)).status).toBe(404);
    expect((await send(body.id, byHr)).status).toBe(202);
    expect((await send(body.id, byAdmin)).status).toBe(202);
    const letters = await h.letters(body.email);
    expect(letters).toHaveLength(3);
    expect((await accept(tokenOf(letters[2]))).status).toBe(200);
    expect((await send(body.id, byHr)).body.code).toBe('conflict');
  });
});

describe('SMTP', () => {
  let server: SMTPServer;
  let url: string;
  const caught: { email: Email; to: string[] }[] = [];
  beforeAll(async () => {
    server = new SMTPServer({
      disabledCommands: ['STARTTLS', 'AUTH'],
      onRcptTo({ address }, _session, done) {
        const refusal = address.startsWith('gone')
          ? Object.assign(new Error('no such user'), { responseCode: 550 })
          : null;
        done(refusal);
      },
      onData(stream, session, done) {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', async () => {
          const to = session.envelope.rcptTo.map(({ address }) => address);
          caught.push({ email: await PostalMime.parse(Buffer.concat(chunks)), to });
          done();
        });
      },
    });
    const socket = server.listen(0, '127.0.0.1');
    await once(socket, 'listening');
    url = `smtp://127.0.0.1:${(socket.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise<void>((resolve) => server.close(resolve)));

  const letter = { id: v7(), subject: 'Subject', text: 'Text', html: '<p>Text</p>' };

  test('carries a mail, with the sender, one recipient and an id that stays', async () => {
    const post = createPost({ url, from: 'Muster <no-reply@muster.example>' });
    await post.send({ ...letter, to: 'ada@example.org' });
    await post.send({ ...letter, to: 'ada@example.org' });
    post.close();
    const [one, two] = caught.splice(0);
    expect(one?.to).toEqual(['ada@example.org']);
    expect(one?.email).toMatchObject({
      subject: 'Subject',
      from: { name: 'Muster', address: 'no-reply@muster.example' },
    });
    expect(one?.email.text).toContain('Text');
    expect(one?.email.messageId).toBe(`<${letter.id}@muster.example>`);
    expect(two?.email.messageId).toBe(one?.email.messageId);
  });

  test('nothing that was typed becomes a header or a further recipient', async () => {
    const post = createPost({ url, from: 'Muster <no-reply@muster.example>' });
    for (const to of [
      'a@example.org, b@example.org',
      'a@example.org\r\nBcc: b@example.org',
      'b@example.org <a@example.org>',
    ]) {
      await post.send({ ...letter, to }).catch(() => {});
    }
    await post.send({ ...letter, subject: 'One\r\nBcc: b@example.org', to: 'a@example.org' });
    post.close();
    for (const { email, to } of caught.splice(0)) {
      expect(to).not.toContain('b@example.org');
      expect(email.headers.map(({ key }) => key)).not.toContain('bcc');
    }
  });

  test('tells a mailbox that is gone from a server that is away', async () => {
    const post = createPost({ url, from: 'no-reply@muster.example' });
    await expect(post.send({ ...letter, to: 'gone@example.org' })).rejects.toThrow(UndeliverableError);
    post.close();
    const away = createPost({ url: 'smtp://127.0.0.1:1', from: 'no-reply@muster.example' });
    const error = await away.send({ ...letter, to: 'ada@example.org' }).catch((caught: Error) => caught);
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(UndeliverableError);
    away.close();
  });
});
