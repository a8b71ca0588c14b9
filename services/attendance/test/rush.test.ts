import { expect, it } from 'vitest';
import { createRush } from '../src/rush.ts';

it('a rush begins with one large flight and ends a while after the last', () => {
  let now = 0;
  const rush = createRush(16, 300, () => now);
  rush.note(15);
  expect(rush.lasts()).toBe(false);
  rush.note(16);
  expect(rush.lasts()).toBe(true);
  now = 299;
  expect(rush.lasts()).toBe(true);
  rush.note(16);
  now = 598;
  rush.note(1);
  expect(rush.lasts()).toBe(true);
  now = 599;
  expect(rush.lasts()).toBe(false);
});
