import type { BoardStay } from '@muster/contracts';
import type { PackedRecords } from './packed-records.ts';
import type { UuidIndex } from './uuid-index.ts';

/**
 * How a stay is packed: person and session, 16 bytes each; then check-in, check-out and on a break since, as big-endian doubles of Unix
 * milliseconds, NaN for none.
 */
export const stayBytes = 56;
const idAt = 16;
const [checkInAt, checkOutAt, breakSinceAt] = [32, 40, 48];

/** The stays of some people, chained by person; a stay is an object only while it is asked for. */
export class StaysByPerson {
  readonly #stays: PackedRecords;
  /** Of each stay its instants, as they are packed. */
  readonly #instants: Float64Array;
  /** Of each person the last stay, of each stay the one before: 0 for none, else one more than where it stands. */
  readonly #last: Int32Array;
  readonly #before: Int32Array;

  /** Leaves out whoever is not among `people`, and what ended before `sinceMs`. */
  constructor(stays: PackedRecords, people: UuidIndex, sinceMs: number) {
    this.#stays = stays;
    this.#instants = new Float64Array(3 * stays.count);
    this.#last = new Int32Array(people.size);
    this.#before = new Int32Array(stays.count);
    stays.each((view, offset, stay) => {
      const person = people.indexOf(view, offset);
      const toMs = view.getFloat64(offset + checkOutAt);
      if (person < 0 || toMs < sinceMs) return;
      this.#instants[3 * stay] = view.getFloat64(offset + checkInAt);
      this.#instants[3 * stay + 1] = toMs;
      this.#instants[3 * stay + 2] = view.getFloat64(offset + breakSinceAt);
      this.#before[stay] = this.#last[person] ?? 0;
      this.#last[person] = stay + 1;
    });
  }

  /** Of the person that stands at this place of the index. */
  of(person: number): readonly BoardStay[] {
    const last = this.#last[person] ?? 0;
    if (last === 0) return none;
    // Most have one.
    const found = [this.#read(last - 1)];
    for (let stay = this.#before[last - 1] ?? 0; stay !== 0; stay = this.#before[stay - 1] ?? 0)
      found.push(this.#read(stay - 1));
    return found;
  }

  #read(stay: number): BoardStay {
    const instant = (which: number): number => this.#instants[3 * stay + which] ?? Number.NaN;
    return new PackedStay(this.#stays, stay, instant(0), orNull(instant(1)), orNull(instant(2)));
  }
}

const none: readonly never[] = [];
const orNull = (ms: number): number | null => (Number.isNaN(ms) ? null : ms);

class PackedStay implements BoardStay {
  readonly fromMs: number;
  readonly toMs: number | null;
  readonly breakSinceMs: number | null;
  readonly #stays: PackedRecords;
  readonly #at: number;

  constructor(stays: PackedRecords, at: number, fromMs: number, toMs: number | null, breakSinceMs: number | null) {
    this.#stays = stays;
    this.#at = at;
    this.fromMs = fromMs;
    this.toMs = toMs;
    this.breakSinceMs = breakSinceMs;
  }

  /** Put into words only for whoever is shown. */
  get id(): string {
    return this.#stays.uuidAt(this.#at, idAt);
  }
  get breakKnownMs(): number {
    return 0;
  }
}
