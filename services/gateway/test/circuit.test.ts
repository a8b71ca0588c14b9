import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Circuit, createCircuit, type Pass } from '../src/circuit/create-circuit.ts';

const settings = { failures: 10, silentMs: 3000, restMs: 1000 };
function circuitAt() {
  const clock = { ms: 0 };
  const changes: boolean[] = [];
  const circuit = createCircuit({ ...settings, now: () => clock.ms, onChange: (open) => changes.push(open) });
  return { clock, circuit, changes };
}
const passOf = (circuit: Circuit): Pass => {
  const entered = circuit.enter();
  if ('waitSeconds' in entered) throw new Error('refused');
  return entered;
};
function open({ clock, circuit }: ReturnType<typeof circuitAt>): void {
  for (let i = 0; i < settings.failures; i += 1) {
    passOf(circuit).failed();
    clock.ms += 400;
  }
  expect(circuit.state()).toBe('open');
}

describe('a circuit', () => {
  it('stays closed through a burst of failures shorter than the silence it waits for', () => {
    const { clock, circuit } = circuitAt();
    for (let i = 0; i < 1000; i += 1) {
      passOf(circuit).failed();
      clock.ms += 2.9;
    }
    expect(circuit.state()).toBe('closed');
  });

  it('refuses while open, lets one probe at a time out after a rest, and closes with its answer', () => {
    const world = circuitAt();
    open(world);
    const { clock, circuit, changes } = world;
    expect(circuit.enter()).toEqual({ waitSeconds: 1 });
    clock.ms += settings.restMs;
    expect(circuit.state()).toBe('half-open');
    const probe = passOf(circuit);
    expect(circuit.enter()).toEqual({ waitSeconds: 1 });
    probe.failed();
    expect(circuit.state()).toBe('open');
    clock.ms += settings.restMs;
    passOf(circuit).answered();
    expect(circuit.state()).toBe('closed');
    expect(changes).toEqual([true, false]);
  });

  it('gives the next probe its turn when one is dropped or hangs', () => {
    const world = circuitAt();
    open(world);
    world.clock.ms += settings.restMs;
    passOf(world.circuit).dropped();
    passOf(world.circuit);
    expect(world.circuit.enter()).toHaveProperty('waitSeconds');
    world.clock.ms += 5000;
    passOf(world.circuit).answered();
    expect(world.circuit.state()).toBe('closed');
  });

  it('takes no notice of the slow ones while others are answered', () => {
    const { clock, circuit } = circuitAt();
    for (let i = 0; i < 100; i += 1) {
      const slow = passOf(circuit);
      clock.ms += 30_000;
      passOf(circuit).answered();
      slow.failed();
      expect(circuit.state()).toBe('closed');
    }
  });

  it('opens for an app that hangs: its time limits end together', () => {
    const { clock, circuit } = circuitAt();
    const hanging = Array.from({ length: settings.failures }, () => passOf(circuit));
    clock.ms += 30_000;
    for (const pass of hanging) pass.failed();
    expect(circuit.state()).toBe('open');
  });

  it('never opens at 0', () => {
    const clock = { ms: 0 };
    const circuit = createCircuit({ ...settings, failures: 0, now: () => clock.ms });
    for (let i = 0; i < 100; i += 1, clock.ms += 1000) passOf(circuit).failed();
    expect(circuit.state()).toBe('closed');
  });
});

type Step = { wait: number } | { enter: true } | { end: 'answered' | 'failed' | 'dropped'; which: number };
const steps = fc.array(
  fc.oneof(
    fc.record({ wait: fc.integer({ min: 1, max: 4000 }) }),
    fc.constant({ enter: true as const }),
    fc.record({ end: fc.constantFrom('answered', 'failed', 'failed', 'failed', 'dropped'), which: fc.nat(20) }),
  ),
  { minLength: 50, maxLength: 300 },
);

describe('whatever happens in whichever order', () => {
  /** Plays the steps and calls `check` after each. */
  function play(list: Step[], check: (at: ReturnType<typeof circuitAt> & { facts: Facts }) => void): void {
    const world = circuitAt();
    const facts: Facts = { lastAnswer: Number.NEGATIVE_INFINITY, failed: [], underWay: [] };
    for (const step of list) {
      if ('wait' in step) world.clock.ms += step.wait;
      else if ('enter' in step) {
        const entered = world.circuit.enter();
        if (!('waitSeconds' in entered)) facts.underWay.push({ pass: entered, startedAt: world.clock.ms });
        else expect(entered.waitSeconds).toBeGreaterThanOrEqual(1);
      } else {
        const [one] = facts.underWay.splice(step.which % Math.max(1, facts.underWay.length), 1);
        if (!one) continue;
        one.pass[step.end]();
        if (step.end === 'answered') Object.assign(facts, { lastAnswer: world.clock.ms, failed: [] });
        if (step.end === 'failed') facts.failed.push(one.startedAt);
      }
      check({ ...world, facts });
    }
  }
  interface Facts {
    lastAnswer: number;
    failed: number[];
    underWay: { pass: Pass; startedAt: number }[];
  }

  it('it is open only after enough failures and a long enough silence', () => {
    fc.assert(
      fc.property(steps, (list) =>
        play(list as Step[], ({ circuit, clock, facts }) => {
          if (circuit.state() === 'closed') return;
          const counted = facts.failed.filter((startedAt) => startedAt >= facts.lastAnswer);
          expect(counted.length).toBeGreaterThanOrEqual(settings.failures);
          expect(clock.ms - Math.min(...counted)).toBeGreaterThanOrEqual(settings.silentMs);
        }),
      ),
    );
  });

  it('an answer closes it at once, and it never stays shut for longer than a rest and a hanging probe', () => {
    fc.assert(
      fc.property(steps, (list) => {
        let last: ReturnType<typeof circuitAt> | undefined;
        play(list as Step[], (world) => {
          last = world;
          if (world.clock.ms === world.facts.lastAnswer) expect(world.circuit.state()).toBe('closed');
        });
        if (!last) return;
        last.clock.ms += settings.restMs + 5000;
        passOf(last.circuit).answered();
        expect(last.circuit.state()).toBe('closed');
      }),
    );
  });
});
