import type { SessionDevice } from '@muster/contracts/http/auth';
import Bowser from 'bowser';

const kinds: Record<string, SessionDevice['kind']> = {
  desktop: 'desktop',
  mobile: 'phone',
  tablet: 'tablet',
  tv: 'tv',
};

/** Names what sent this `User-Agent`. Anybody can send any: good for a person's memory, no proof of anything. */
export function deviceOf(userAgent: string | null): SessionDevice {
  // The parser refuses an empty text.
  if (!userAgent) return { name: 'Unknown device', kind: 'other', browser: null, os: null };
  const { browser, os, platform } = Bowser.parse(userAgent);
  const kind = kinds[platform.type ?? ''] ?? 'other';
  if (!browser.name) return { name: firstWord(userAgent), kind, browser: null, os: os.name ?? null };
  return {
    name: os.name ? `${browser.name} on ${os.name}` : browser.name,
    kind,
    browser: joined(browser.name, browser.version?.split('.')[0]),
    os: os.name ? joined(os.name, os.versionName ?? os.version) : null,
  };
}

const joined = (name: string, version: string | undefined): string =>
  version && version !== name ? `${name} ${version}` : name;

/** Programs say their own name first: `curl/8.5.0`. */
const firstWord = (userAgent: string): string => /^[\w.-]{1,40}/.exec(userAgent)?.[0] ?? 'Unknown device';
