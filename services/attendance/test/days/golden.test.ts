import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { render } from './render.ts';

const folder = path.join(import.meta.dirname, '../golden');
const scenarios = readdirSync(folder).filter((name) => name.endsWith('.json'));

describe('golden days, checked by hand', () => {
  it('are at least twenty', () => {
    expect(scenarios.length).toBeGreaterThanOrEqual(20);
  });

  it.each(scenarios)('%s', (name) => {
    const read = (file: string): string => readFileSync(path.join(folder, file), 'utf8');
    expect(render(JSON.parse(read(name)))).toBe(read(name.replace(/\.json$/, '.txt')));
  });
});
