import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { type BatchResult, createBatcher } from '../src/index.ts';

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
const ok = <T>(value: T): BatchResult<T> => ({ ok: true, value });
const outage = () => Object.assign(new Error('away'), { code: 'ECONNREFUSED' });

test('items of one turn travel together, and at once', async () => {
  const flights: number[][] = [];
  const batcher = createBatcher<number, number>({
    run: async (items) => {
      flights.push(items);
      return items.map((item) => ok(item * 2));
    },
    maxItems: 10,
    maxFlights: 1,
  });
  const answers = Promise.all([batcher.add(1), batcher.add(2), batcher.add(3)]);
  expect(flights).toEqual([]);
  await turn();
  expect(flights).toEqual([[1, 2, 3]]);
  expect(await answers).toEqual([2, 4, 6]);
});

test('while all flights are busy items gather, up to the limit', async () => {
  const flights: { items: number[]; land: () => void }[] = [];
  const batcher = createBatcher<number, number>({
    run: (items) => new Promise((resolve) => flights.push({ items, land: () => resolve(items.map(ok)) })),
    maxItems: 3,
    maxFlights: 2,
  });
  const add = (item: number) => void batcher.add(item);
  add(1);
  await turn();
  add(2);
  await turn();
  for (const item of [3, 4, 5, 6, 7]) add(item);
  await turn();
  expect(flights.map(({ items }) => items)).toEqual([[1], [2]]);
  expect(batcher.pending).toBe(7);
  flights[0]?.land();
  await turn();
  await turn();
  expect(flights.map(({ items }) => items)).toEqual([[1], [2], [3, 4, 5]]);
  flights[1]?.land();
  flights[2]?.land();
  await turn();
  await turn();
  flights[3]?.land();
  await batcher.idle();
  expect(flights.map(({ items }) => items)).toEqual([[1], [2], [3, 4, 5], [6, 7]]);
  expect(batcher.pending).toBe(0);
});

test('with the database away everybody is told at once, and nothing is tried again', async () => {
  let runs = 0;
  const batcher = createBatcher<number, number>({
    run: async () => {
      runs++;
      throw outage();
    },
    maxItems: 100,
    maxFlights: 1,
  });
  const answers = await Promise.allSettled(Array.from({ length: 50 }, (_, item) => batcher.add(item)));
  expect(answers.every(({ status }) => status === 'rejected')).toBe(true);
  expect(runs).toBe(1);
});

test('an item the run forgot is told so', async () => {
  const batcher = createBatcher<number, number>({ run: async () => [ok(1)], maxItems: 10, maxFlights: 1 });
  const [first, second] = await Promise.allSettled([batcher.add(1), batcher.add(2)]);
  expect(first).toEqual({ status: 'fulfilled', value: 1 });
  expect(second.status).toBe('rejected');
});

test('idle resolves when there was nothing', async () => {
  await createBatcher<number, number>({ run: async () => [], maxItems: 1, maxFlights: 1 }).idle();
});

/** good: answered; refused: answered with an error of its own; poison: makes every run that holds it throw. */
const item = fc.constantFrom('good', 'good', 'good', 'refused', 'poison');
type Kind = typeof item extends fc.Arbitrary<infer T> ? T : never;

test('every item gets exactly its own answer, whatever its neighbours are', async () => {
  const plan = fc.record({
    arrivals: fc.array(fc.record({ kind: item, turnsBefore: fc.nat(2) }), { maxLength: 60 }),
    maxItems: fc.integer({ min: 1, max: 20 }),
    maxFlights: fc.integer({ min: 1, max: 4 }),
    slowness: fc.nat(3),
  });
  await fc.assert(
    fc.asyncProperty(plan, async ({ arrivals, maxItems, maxFlights, slowness }) => {
      let inFlight = 0;
      const handled: number[] = [];
      const batcher = createBatcher<{ index: number; kind: Kind }, number>({
        run: async (items) => {
          expect(items.length).toBeLessThanOrEqual(maxItems);
          expect(++inFlight).toBeLessThanOrEqual(maxFlights);
          for (let wait = 0; wait < slowness; wait++) await turn();
          inFlight--;
          if (items.some(({ kind }) => kind === 'poison')) throw new Error('poison');
          handled.push(...items.map(({ index }) => index));
          return items.map(({ index, kind }) =>
            kind === 'refused' ? { ok: false, error: new Error(`refused ${index}`) } : ok(index),
          );
        },
        maxItems,
        maxFlights,
      });
      const answers: Promise<number>[] = [];
      for (const [index, { kind, turnsBefore }] of arrivals.entries()) {
        for (let wait = 0; wait < turnsBefore; wait++) await turn();
        answers.push(batcher.add({ index, kind }));
        answers.at(-1)?.catch(() => {});
      }
      const settled = await Promise.allSettled(answers);
      for (const [index, { kind }] of arrivals.entries()) {
        const answer = settled[index];
        if (kind === 'good') expect(answer).toEqual({ status: 'fulfilled', value: index });
        if (kind === 'refused') expect(answer).toMatchObject({ reason: { message: `refused ${index}` } });
        if (kind === 'poison') expect(answer).toMatchObject({ reason: { message: 'poison' } });
      }
      const expected = arrivals.flatMap(({ kind }, index) => (kind === 'poison' ? [] : [index]));
      expect(handled.toSorted((a, b) => a - b)).toEqual(expected);
      await batcher.idle();
      expect(batcher.pending).toBe(0);
    }),
    { numRuns: 200 },
  );
});

test('spaced flights: the first leaves at once, a stream after it travels in groups', async () => {
  vi.useFakeTimers();
  try {
    const flights: number[][] = [];
    const batcher = createBatcher<number, number>({
      run: async (items) => {
        flights.push(items);
        return items.map(ok);
      },
      maxItems: 100,
      maxFlights: 2,
      spacingMs: 5,
    });
    const answers: Promise<number>[] = [];
    for (let item = 0; item < 10; item++) {
      answers.push(batcher.add(item));
      await vi.advanceTimersByTimeAsync(1);
    }
    await vi.advanceTimersByTimeAsync(5);
    expect(flights[0]).toEqual([0]);
    expect(flights.length).toBeLessThanOrEqual(4);
    expect(await Promise.all(answers)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    await vi.advanceTimersByTimeAsync(100);
    const calm = batcher.add(10);
    await vi.advanceTimersByTimeAsync(0);
    expect(flights.at(-1)).toEqual([10]);
    await calm;
  } finally {
    vi.useRealTimers();
  }
});
