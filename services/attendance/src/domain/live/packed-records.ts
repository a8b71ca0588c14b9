/** Whole records of 16 and of 56 bytes, and little enough that a reader says how much of it is on the way at once. */
export const bytesPerPart = 11_200;

// One for all, since nothing waits while it is in use: a board of thousands leaves no buffers behind.
const scratch = Buffer.allocUnsafeSlow(bytesPerPart);
const view = new DataView(scratch.buffer);

/** Records of one width in bytes, as hexadecimal texts of `bytesPerPart` bytes each, the last one shorter. */
export class PackedRecords {
  readonly count: number;
  readonly #parts: readonly string[];
  readonly #width: number;
  readonly #perPart: number;

  constructor(parts: readonly string[], width: number) {
    this.#parts = parts;
    this.#width = width;
    this.#perPart = bytesPerPart / width;
    this.count = parts.reduce((digits, part) => digits + part.length, 0) / (2 * width);
  }

  /** Reads one after the other: at which byte of the view it begins, and its number. The view is another's once this returns. */
  each(read: (view: DataView, offset: number, at: number) => void): void {
    let at = 0;
    for (const part of this.#parts) {
      const length = scratch.write(part, 'hex');
      for (let offset = 0; offset < length; offset += this.#width) read(view, offset, at++);
    }
  }

  /** A UUID of a record, in words. */
  uuidAt(at: number, byte = 0): string {
    const part = this.#parts[Math.floor(at / this.#perPart)] ?? '';
    const from = 2 * ((at % this.#perPart) * this.#width + byte);
    const digits = (start: number, end: number): string => part.slice(from + start, from + end);
    return `${digits(0, 8)}-${digits(8, 12)}-${digits(12, 16)}-${digits(16, 20)}-${digits(20, 32)}`;
  }
}
