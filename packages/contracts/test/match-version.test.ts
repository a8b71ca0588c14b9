import { describe, expect, it } from 'vitest';
import { matchesTag, matchVersion } from '../src/index.ts';

describe('entity tags', () => {
  it.each([
    ['"3"', true],
    ['W/"3"', true],
    ['3', true],
    ['"2", "3"', true],
    ['*', true],
    ['"33"', false],
    ['', false],
    ['"', false],
  ])('%s names version 3: %s', (header, named) => {
    expect(matchesTag(header, 3)).toBe(named);
  });

  it('no If-Match matches anything', () => {
    expect(() => matchVersion(undefined, 3)).not.toThrow();
    expect(() => matchVersion('"2"', 3)).toThrow(/version_mismatch/);
  });
});
