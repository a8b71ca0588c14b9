import type { Server } from 'node:http';
import { freePort } from '@muster/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { onPage, servePasskeyPage } from '../src/browser/passkey-page.ts';
import { plugInSoftwareKey, type SoftwareKey } from '../src/browser/software-key.ts';
import { startBrowser } from '../src/browser/start-browser.ts';
import { newPerson, type Person } from '../src/people.ts';
import { world } from '../src/world.ts';

// A real Chromium on a page of another origin than the gateway's, with the authenticator that Chromium simulates.
let browser: Browser;
let servers: Server[];
let page: Page;
let key: SoftwareKey;
let person: Person;
let elsewhere: string;

beforeAll(async () => {
  const { platform, pagePort } = await world();
  const otherPort = await freePort();
  elsewhere = `http://localhost:${otherPort}`;
  servers = await Promise.all([pagePort, otherPort].map((port) => servePasskeyPage(port, platform.urls.platform)));
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
  for (const server of servers ?? []) server.close();
});

beforeEach(async () => {
  const { pagePort } = await world();
  page = await browser.newPage();
  key = await plugInSoftwareKey(page);
  await page.goto(`http://localhost:${pagePort}`);
  person = await newPerson();
  expect((await onPage(page, 'add', person.token, 'Test key')).status).toBe(201);
  return () => page.close();
});

const refused = { status: 401, body: { code: 'invalid_credentials' } };

async function assertFor(where: Page): Promise<object> {
  const { api } = await world();
  const { body } = await api.call<object>('POST', '/api/auth/passkeys/login/options');
  return onPage(where, 'assert', body);
}

async function verify(response: object) {
  const { api } = await world();
  return api.call<{ accessToken: string }>('POST', '/api/auth/passkeys/login/verify', { body: { response } });
}

describe('a passkey in a real browser', () => {
  it('signs its person in, without a name or a password', async () => {
    const { api } = await world();
    const answer = (await onPage(page, 'signIn')) as { status: number; body: { accessToken: string } };
    expect(answer).toMatchObject({ status: 200, body: { user: { id: person.id, email: person.email } } });
    const token = answer.body.accessToken;
    const passkeys = await api.call('GET', '/api/auth/passkeys', { token });
    expect(passkeys.body).toMatchObject({ data: [{ name: 'Test key', lastUsedAt: expect.any(String) }] });
    expect((await onPage(page, 'signIn')).status).toBe(200);
  });

  it('is made once per device: the browser knows it has one', async () => {
    await expect(onPage(page, 'add', person.token, 'Again')).rejects.toThrow(/InvalidStateError/);
  });

  it('answers a challenge once', async () => {
    const assertion = await assertFor(page);
    expect((await verify(assertion)).status).toBe(200);
    expect(await verify(assertion)).toMatchObject(refused);
  });

  it('signs for another page of the same host, and is refused: that page is not ours', async () => {
    await page.goto(elsewhere);
    expect(await verify(await assertFor(page))).toMatchObject(refused);
    const { pagePort } = await world();
    await page.goto(`http://localhost:${pagePort}`);
    expect((await verify(await assertFor(page))).status).toBe(200);
  });

  it('does nothing for somebody whose finger does not fit', async () => {
    await key.setVerified(false);
    await expect(onPage(page, 'signIn')).rejects.toThrow(/NotAllowedError/);
    await key.setVerified(true);
    expect((await onPage(page, 'signIn')).status).toBe(200);
  });

  it('that was copied is noticed by its count of signatures', async () => {
    expect((await onPage(page, 'signIn')).status).toBe(200);
    const count = await key.signCount();
    await key.setSignCount(count - 1);
    expect(await onPage(page, 'signIn')).toMatchObject(refused);
    await key.setSignCount(count);
    expect((await onPage(page, 'signIn')).status).toBe(200);
  });

  it('opens nothing after it was removed', async () => {
    const { api } = await world();
    const { token } = person;
    const { body } = await api.call<{ data: { id: string }[] }>('GET', '/api/auth/passkeys', { token });
    expect((await api.call('DELETE', `/api/auth/passkeys/${body.data[0]?.id}`, { token })).status).toBe(204);
    expect(await onPage(page, 'signIn')).toMatchObject(refused);
  });
});
