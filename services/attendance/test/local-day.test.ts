import { execFileSync } from 'node:child_process';
import { newId } from '@muster/db';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoInstant } from '../src/domain/instant.ts';
import { createLocalDays, localDay } from '../src/domain/local-day.ts';
import { lowestSessionId, sessionIdRange } from '../src/domain/session-id.ts';

const zones = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'America/St_Johns',
  'Pacific/Apia',
  'Africa/Casablanca',
];

const formats = new Map(
  zones.map((zone) => [
    zone,
    new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    }),
  ]),
);

/** By other means than Temporal: the wall clock as Intl prints it, read back as if it were UTC. */
function independent(atMs: number, zone: string) {
  const parts = Object.fromEntries(
    (formats.get(zone)?.formatToParts(atMs) ?? []).map(({ type, value }) => [type, value]),
  );
  const { year, month, day, hour, minute, second } = parts;
  const wall = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return { date: `${year}-${month}-${day}`, offsetMinutes: (wall - Math.floor(atMs / 1000) * 1000) / 60_000 };
}

// Instants where something happens: midnights and DST changes of each zone, a little before and after.
const edges = zones.flatMap((zone) => {
  const found: number[] = [];
  let at = Temporal.Instant.from('2010-01-01T00:00:00Z').toZonedDateTimeISO(zone);
  for (let next = at.getTimeZoneTransition('next'); next && next.year < 2035; next = at.getTimeZoneTransition('next')) {
    at = next;
    const midnight = at.startOfDay();
    found.push(
      at.epochMilliseconds,
      midnight.epochMilliseconds,
      midnight.add({ days: 1 }).startOfDay().epochMilliseconds,
    );
  }
  return found;
});
const nearEdge = fc
  .tuple(fc.constantFrom(...edges), fc.integer({ min: -7_200_000, max: 7_200_000 }))
  .map(([a, b]) => a + b);
const instant = fc.oneof(
  nearEdge,
  fc.constantFrom(...edges),
  fc.integer({ min: Date.UTC(2008, 0), max: Date.UTC(2036, 0) }),
);

describe('local day', () => {
  it.each([
    // [instant, zone, date, offset]: both sides of midnight, of both DST changes, of a day that never was.
    ['2026-03-28T22:59:59.999Z', 'Europe/Berlin', '2026-03-28', 60],
    ['2026-03-28T23:00:00Z', 'Europe/Berlin', '2026-03-29', 60],
    ['2026-03-29T00:59:59.999Z', 'Europe/Berlin', '2026-03-29', 60],
    ['2026-03-29T01:00:00Z', 'Europe/Berlin', '2026-03-29', 120],
    ['2026-10-25T00:59:59.999Z', 'Europe/Berlin', '2026-10-25', 120],
    ['2026-10-25T01:00:00Z', 'Europe/Berlin', '2026-10-25', 60],
    ['2026-11-01T05:59:59.999Z', 'America/New_York', '2026-11-01', -240],
    ['2026-11-01T06:00:00Z', 'America/New_York', '2026-11-01', -300],
    ['2026-04-04T14:59:59.999Z', 'Australia/Lord_Howe', '2026-04-05', 660],
    ['2026-04-04T15:00:00Z', 'Australia/Lord_Howe', '2026-04-05', 630],
    ['2026-11-20T18:29:59.999Z', 'Asia/Kolkata', '2026-11-20', 330],
    ['2026-11-20T18:30:00Z', 'Asia/Kolkata', '2026-11-21', 330],
    ['2026-11-21T03:29:59.999Z', 'America/St_Johns', '2026-11-20', -210],
    ['2026-11-21T03:30:00Z', 'America/St_Johns', '2026-11-21', -210],
    // One minute of the 7th, then an hour of the 6th again: St. John's changed its clocks at 00:01 until 2011.
    ['2010-11-07T02:30:59.999Z', 'America/St_Johns', '2010-11-07', -150],
    ['2010-11-07T02:31:00Z', 'America/St_Johns', '2010-11-06', -210],
    ['2010-11-07T03:29:59.999Z', 'America/St_Johns', '2010-11-06', -210],
    ['2010-11-07T03:30:00Z', 'America/St_Johns', '2010-11-07', -210],
    ['2011-12-30T09:59:59.999Z', 'Pacific/Apia', '2011-12-29', -600],
    ['2011-12-30T10:00:00Z', 'Pacific/Apia', '2011-12-31', 840],
    ['2024-03-10T01:59:59.999Z', 'Africa/Casablanca', '2024-03-10', 60],
    ['2024-03-10T02:00:00Z', 'Africa/Casablanca', '2024-03-10', 0],
  ])('at %s in %s is %s, offset %i', (at, zone, date, offsetMinutes) => {
    expect(localDay(Date.parse(at), zone)).toEqual({ date, offsetMinutes });
  });

  it('agrees with the wall clock that Intl prints, in every zone, in any order of questions', () => {
    const cached = createLocalDays();
    fc.assert(
      fc.property(instant, fc.constantFrom(...zones), (atMs, zone) => {
        expect(cached(atMs, zone)).toEqual(independent(atMs, zone));
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    ['forwards', edges],
    ['backwards', edges.toReversed()],
  ])('stays right while the clock walks %s through the changes', (_, walk) => {
    const cached = createLocalDays();
    for (const zone of zones)
      for (const edge of walk)
        for (const step of [-2, -1, 0, 1, 2, 0, -1])
          expect(cached(edge + step, zone)).toEqual(independent(edge + step, zone));
  });

  it('does not depend on the zone of the machine', () => {
    const script = `import { localDay } from './src/domain/local-day.ts';
      process.stdout.write(JSON.stringify(localDay(Date.parse('2026-11-20T18:30:00Z'), 'Asia/Kolkata')))`;
    for (const TZ of ['Pacific/Apia', 'America/New_York']) {
      const out = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
        cwd: new URL('..', import.meta.url),
        env: { ...process.env, TZ, NODE_OPTIONS: '' },
        encoding: 'utf8',
      });
      expect(JSON.parse(out)).toEqual({ date: '2026-11-21', offsetMinutes: 330 });
    }
  });

  it('refuses a zone that does not exist', () => {
    expect(() => localDay(0, 'Mars/Olympus')).toThrow(RangeError);
  });
});

describe('session ids', () => {
  const ms = fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2100, 0) });

  it('sort by their instant', () => {
    fc.assert(
      fc.property(ms, ms, (a, b) => {
        if (a < b) expect(newId(a) < newId(b)).toBe(true);
        expect(lowestSessionId(a) <= newId(a)).toBe(true);
        expect(lowestSessionId(a + 1) > newId(a)).toBe(true);
      }),
    );
  });

  it('of a local day lie in its range, whatever the zone', () => {
    fc.assert(
      fc.property(instant, fc.constantFrom(...zones), (atMs, zone) => {
        const { date } = localDay(atMs, zone);
        const { lowest, beyond } = sessionIdRange(date, date);
        const id = newId(atMs);
        expect(lowest <= id && id < beyond).toBe(true);
      }),
    );
  });
});

describe('instants', () => {
  it('always have three decimals and a Z', () => {
    fc.assert(
      fc.property(instant, (atMs) => {
        expect(isoInstant(atMs)).toBe(new Date(atMs).toISOString());
      }),
    );
  });
});
