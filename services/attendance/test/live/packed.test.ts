import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesPerPart, PackedRecords } from '../../src/domain/live/packed-records.ts';
import { StaysByPerson, stayBytes } from '../../src/domain/live/stays-by-person.ts';
import { UuidIndex, uuidBytes } from '../../src/domain/live/uuid-index.ts';

const hexOf = (uuid: string): string => uuid.replaceAll('-', '');
function packed(records: readonly string[], width: number): PackedRecords {
  const text = records.join('');
  const parts = Array.from({ length: Math.ceil(text.length / (2 * bytesPerPart)) }, (_, i) =>
    text.slice(i * 2 * bytesPerPart, (i + 1) * 2 * bytesPerPart),
  );
  return new PackedRecords(parts, width);
}
const doubles = (...values: number[]): string =>
  values
    .map((value) => {
      const bytes = Buffer.alloc(8);
      bytes.writeDoubleBE(value);
      return bytes.toString('hex');
    })
    .join('');
const idOf = (n: number): string => `0190b000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;

describe('an index of UUIDs', () => {
  it('finds each where it stands, and no other', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.uuid(), { maxLength: 60 }), fc.array(fc.uuid()), (known, others) => {
        const index = new UuidIndex(packed(known.map(hexOf), uuidBytes));
        const found: number[] = [];
        packed([...known, ...others].map(hexOf), uuidBytes).each((view, offset) =>
          found.push(index.indexOf(view, offset)),
        );
        expect(found).toEqual([...known.keys(), ...others.map((id) => known.indexOf(id))]);
        expect(known.map((_, at) => index.at(at))).toEqual(known);
      }),
    );
  });

  it('also of many that differ little, in several texts', () => {
    const known = Array.from({ length: 5000 }, (_, n) => idOf(n));
    const index = new UuidIndex(packed(known.map(hexOf), uuidBytes));
    expect([index.size, index.at(0), index.at(700), index.at(4999)]).toEqual([5000, idOf(0), idOf(700), idOf(4999)]);
    packed(known.map(hexOf), uuidBytes).each((view, offset, at) => {
      if (index.indexOf(view, offset) !== at) expect.fail(`${at} is elsewhere`);
    });
  });
});

describe('stays by person', () => {
  it('are each person’s own, from the first that counts on', () => {
    const one = fc.record({
      person: fc.nat(12),
      fromMs: fc.integer({ min: 0, max: 1000 }),
      lastsMs: fc.option(fc.nat(300), { nil: null }),
      breakSinceMs: fc.option(fc.nat(1000), { nil: null }),
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 500 }), fc.nat(1000), (all, sinceMs) => {
        // Of thirteen only ten work here.
        const people = new UuidIndex(
          packed(
            Array.from({ length: 10 }, (_, n) => hexOf(idOf(n))),
            uuidBytes,
          ),
        );
        const lines = all.map(({ person, fromMs, lastsMs, breakSinceMs }, i) => ({
          person,
          stay: {
            id: idOf(i),
            fromMs,
            toMs: lastsMs === null ? null : fromMs + lastsMs,
            breakSinceMs,
            breakKnownMs: 0,
          },
        }));
        const stays = new StaysByPerson(
          packed(
            lines.map(
              ({ person, stay: { id, fromMs, toMs, breakSinceMs } }) =>
                `${hexOf(idOf(person))}${hexOf(id)}${doubles(fromMs, toMs ?? Number.NaN, breakSinceMs ?? Number.NaN)}`,
            ),
            stayBytes,
          ),
          people,
          sinceMs,
        );
        for (let person = 0; person < 10; person++) {
          const own = lines.filter((line) => line.person === person).map(({ stay }) => stay);
          const counting = own.filter(({ toMs }) => toMs === null || toMs >= sinceMs);
          const told = stays.of(person).map(({ id, fromMs, toMs, breakSinceMs, breakKnownMs }) => ({
            id,
            fromMs,
            toMs,
            breakSinceMs,
            breakKnownMs,
          }));
          expect(told.toReversed()).toEqual(counting);
        }
      }),
    );
  });
});
