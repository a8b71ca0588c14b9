import { type Browser, chromium } from 'playwright-core';
import { findChromium } from './find-chromium.ts';

// No sandbox: CI runs as root in a container. The rest keeps the browser from talking to anybody but us.
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A real browser without a window, on a profile of its own that goes when it is closed. */
export const startBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: findChromium(), headless: true, args });
