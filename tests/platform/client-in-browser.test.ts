import type { Server } from 'node:http';
import { createClient } from '@muster/client';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { onPunchPage, servePunchPage } from '../src/browser/punch-page.ts';
import { startBrowser } from '../src/browser/start-browser.ts';
import { newPerson } from '../src/people.ts';
import { world } from '../src/world.ts';

let server: Server;
let browser: Browser;
beforeAll(async () => {
  const { platform, pagePort } = await world();
  server = await servePunchPage(pagePort, platform.urls.platform);
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
  server?.close();
});

it('punches made in a browser without a network are sent when it is back, also after a reload', async () => {
  const { platform, pagePort } = await world();
  const ann = await newPerson();
  const address = `http://localhost:${pagePort}/`;
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(address);
  expect(await onPunchPage(page, 'signIn', ann.email, ann.password)).toBe('in');

  await context.setOffline(true);
  const ids = [await onPunchPage(page, 'punch', 'IN'), await onPunchPage(page, 'punch', 'OUT')];
  expect(new Set(ids).size).toBe(2);
  expect(await onPunchPage(page, 'flush')).toBe('MusterUnreachable');
  expect(await onPunchPage(page, 'waiting')).toBe(2);

  const otherTab = await context.newPage();
  await context.setOffline(false);
  await otherTab.goto(address);
  expect(await onPunchPage(otherTab, 'open')).toBe('StorageInUse');
  await page.reload();
  expect(await onPunchPage(page, 'waiting')).toBe(2);
  expect(await onPunchPage(page, 'flush')).toEqual({ taken: 2, troubles: [] });
  expect(await onPunchPage(page, 'waiting')).toBe(0);
  await context.close();

  const muster = createClient({ origin: platform.urls.platform });
  await muster.signIn({ email: ann.email, password: ann.password });
  const { data } = await muster.attendance.list();
  expect(data).toMatchObject([{ employeeId: ann.id, source: 'offline', status: 'closed' }]);
});
