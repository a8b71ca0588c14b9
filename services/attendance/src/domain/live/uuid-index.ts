import type { PackedRecords } from './packed-records.ts';

/** How many bytes a UUID has. */
export const uuidBytes = 16;

/** Where each of many UUIDs stands, found without an object for any of them. */
export class UuidIndex {
  readonly size: number;
  readonly #ids: PackedRecords;
  /** Four of each. */
  readonly #words: Uint32Array;
  /** A hash table with open addressing: one more than where a UUID stands, 0 where none does. */
  readonly #slots: Int32Array;

  constructor(ids: PackedRecords) {
    this.#ids = ids;
    this.size = ids.count;
    this.#words = new Uint32Array(4 * this.size);
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * this.size + 1)));
    ids.each((view, offset, at) => {
      for (let word = 0; word < 4; word++) this.#words[4 * at + word] = view.getUint32(offset + 4 * word);
      this.#slots[this.#slotOf(view, offset)] = at + 1;
    });
  }

  /** The UUID in words. */
  at(index: number): string {
    return this.#ids.uuidAt(index);
  }

  /** Where the UUID that begins at this byte of a view stands; -1 where it does not. */
  indexOf(view: DataView, offset: number): number {
    return (this.#slots[this.#slotOf(view, offset)] ?? 0) - 1;
  }

  /** Its slot, or the empty one where it would be. */
  #slotOf(view: DataView, offset: number): number {
    const last = this.#slots.length - 1;
    let slot = hashAt(view, offset) & last;
    for (let known = this.#slots[slot]; known && !this.#isAt(known - 1, view, offset); known = this.#slots[slot])
      slot = (slot + 1) & last;
    return slot;
  }

  #isAt(index: number, view: DataView, offset: number): boolean {
    for (let word = 0; word < 4; word++)
      if (this.#words[4 * index + word] !== view.getUint32(offset + 4 * word)) return false;
    return true;
  }
}

/** What differs in UUIDs made one after the other, spread over all bits. */
function hashAt(view: DataView, offset: number): number {
  const words = view.getUint32(offset + 4) ^ view.getUint32(offset + 8) ^ view.getUint32(offset + 12);
  const mixed = Math.imul(words ^ (words >>> 16), 0x85ebca6b);
  return mixed ^ (mixed >>> 13);
}
