import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Every requirement of OWASP ASVS 5.0.0, levels 1 and 2: section, then the numbers in it. */
const asked = `
  1.1:1-2 1.2:1-9 1.3:1-11 1.4:1-3 1.5:1-2 2.1:1-3 2.2:1-3 2.3:1-4 2.4:1 3.2:1-2 3.3:1-4 3.4:1-6
  3.5:1-5 3.7:1-2 4.1:1-3 4.2:1 4.3:1-2 4.4:1-4 5.1:1 5.2:1-3 5.3:1-2 5.4:1-3 6.1:1-3 6.2:1-12 6.3:1-4
  6.4:1-4 6.5:1-5 6.6:1-3 6.8:1-4 7.1:1-3 7.2:1-4 7.3:1-2 7.4:1-5 7.5:1-2 7.6:1-2 8.1:1-2 8.2:1-3
  8.3:1 8.4:1 9.1:1-3 9.2:1-4 10.1:1-2 10.2:1-2 10.3:1-4 10.4:1-11 10.5:1-5 10.6:1-2 10.7:1-3 11.1:1-2
  11.2:1-3 11.3:1-3 11.4:1-4 11.5:1 11.6:1 12.1:1-3 12.2:1-2 12.3:1-4 13.1:1 13.2:1-5 13.3:1-2
  13.4:1-5 14.1:1-2 14.2:1-4 14.3:1-3 15.1:1-3 15.2:1-3 15.3:1-7 16.1:1 16.2:1-5 16.3:1-4 16.4:1-3
  16.5:1-3 17.1:1 17.2:1-4 17.3:1-2
`;

const ids = asked
  .trim()
  .split(/\s+/)
  .flatMap((section) => {
    const [name = '', ranges = ''] = section.split(':');
    return ranges.split(',').flatMap((range) => {
      const [first = 0, last = first] = range.split('-').map(Number);
      return Array.from({ length: last - first + 1 }, (_, index) => `V${name}.${first + index}`);
    });
  });

const text = await readFile(`${root}/docs/security.md`, 'utf8');
const line = /^\| (?<id>V[\d.]+) \| .+? \| (?<state>met|n\/a|\*\*not met\*\*) \| (?<by>.*) \|$/gm;
const rows = [...text.matchAll(line)].map(({ groups = {} }) => ({
  id: groups.id ?? '',
  state: groups.state ?? '',
  by: groups.by ?? '',
}));

describe('docs/security.md', () => {
  test('has every requirement once, and no other', () => {
    expect(ids).toHaveLength(253);
    expect(rows.map(({ id }) => id)).toEqual(ids);
  });

  test('says of each why it holds, or does not', () => {
    for (const { id, by } of rows) expect([id, by.trim()]).not.toEqual([id, '']);
  });

  test('names files that exist, at least one where something is met', () => {
    for (const { id, state, by } of rows) {
      const files = [...by.matchAll(/`([^`]+\/[^`]+\.[a-z]+|[A-Z]+\.md)`/g)].map(([, file]) => file ?? '');
      if (state === 'met') expect([id, files.length]).not.toEqual([id, 0]);
      for (const file of files) expect([id, file, existsSync(`${root}/${file}`)]).toEqual([id, file, true]);
    }
  });

  test('counts right', () => {
    const count = (state: string) => rows.filter((row) => row.state === state).length;
    const words = text.replaceAll(/\s+/g, ' ');
    expect(words).toContain(
      `**${count('met')} met, ${count('n/a')} not applicable, ${count('**not met**')} not met.**`,
    );
  });
});
