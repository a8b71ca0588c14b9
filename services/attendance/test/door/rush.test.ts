import { expect, it } from 'vitest';
import { createRush } from '../../src/rush.ts';

const clock = () => {
  let at = 0;
  return { now: () => at, to: (ms: number) => (at = ms) };
};

it('punches at less than the rate are no rush, however they are grouped', () => {
  const time = clock();
  const rush = createRush(300, { now: time.now });
  for (let ms = 0; ms < 2000; ms += 40) {
    time.to(ms);
    // 275 a second.
    rush.note(11);
    expect(rush.lasts()).toBe(false);
  }
});

it('a rush begins when its rate is reached, and ends a while after', () => {
  const time = clock();
  const rush = createRush(300, { windowMs: 200, calmMs: 300, now: time.now });
  for (const ms of [0, 50, 100]) {
    time.to(ms);
    rush.note(19);
  }
  expect(rush.lasts()).toBe(false);
  time.to(150);
  rush.note(3);
  expect(rush.lasts()).toBe(true);
  time.to(449);
  expect(rush.lasts()).toBe(true);
  rush.note(1);
  time.to(450);
  expect(rush.lasts()).toBe(false);
});

it('one large flight is a rush', () => {
  const time = clock();
  const rush = createRush(300, { now: time.now });
  rush.note(128);
  expect(rush.lasts()).toBe(true);
});
