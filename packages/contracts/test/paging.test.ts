import { describe, expect, it } from 'vitest';
import { cursorQuery, pageQuery } from '../src/index.ts';

describe('numbers in a query', () => {
  it('are plain digits within their bounds', () => {
    expect(pageQuery.parse({ page: '3', limit: '100' })).toEqual({ page: 3, limit: 100 });
    expect(pageQuery.parse({})).toEqual({ page: 1, limit: 10 });
    expect(cursorQuery.parse({ limit: '7' })).toEqual({ limit: 7 });
  });

  it.each(['1e1', '0x10', ' 10', '10 ', '+1', '-1', '1.0', '', '١', '0', '101', 'true', '9'.repeat(400)])(
    'refuses limit=%j',
    (limit) => {
      expect(pageQuery.safeParse({ limit }).success).toBe(false);
      expect(cursorQuery.safeParse({ limit }).success).toBe(false);
    },
  );

  it.each([
    ['0', 'must be at least 1'],
    ['200', 'must be at most 100'],
    ['ten', 'must be a whole number in plain digits'],
  ])('says of limit=%s that it %s', (limit, message) => {
    expect(cursorQuery.safeParse({ limit }).error?.issues).toMatchObject([{ message }]);
  });
});
