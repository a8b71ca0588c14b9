import { expect, it } from 'vitest';
import { keyTable } from '../src/cli/rotate-keys.ts';

it('says of each key what it does now', () => {
  const at = { createdAt: '2026-03-02T08:00:00Z', signsFrom: '2026-03-02T08:05:00Z' };
  const kid = 'k'.repeat(43);
  const table = keyTable([
    { kid, state: 'announced', ...at, expiresAt: null },
    { kid, state: 'signing', ...at, expiresAt: '2026-03-02T08:21:00Z' },
    { kid, state: 'signing', ...at, expiresAt: null },
    { kid, state: 'retired', ...at, expiresAt: '2026-03-02T08:21:00Z' },
  ]);
  expect(table.split('\n')).toEqual([
    `${'key'.padEnd(43)}  made               now`,
    `${kid}  2026-03-02 08:00Z  signs from 2026-03-02 08:05Z`,
    `${kid}  2026-03-02 08:00Z  signs; good until 2026-03-02 08:21Z`,
    `${kid}  2026-03-02 08:00Z  signs`,
    `${kid}  2026-03-02 08:00Z  verifies until 2026-03-02 08:21Z`,
  ]);
});
