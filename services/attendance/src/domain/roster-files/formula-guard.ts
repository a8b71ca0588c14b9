// What a spreadsheet takes for the beginning of a formula, as csv-stringify knows it.
const formula = /^'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;
const guarded = /^'+[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

/** A cell that no spreadsheet runs: what it would takes an apostrophe before it. {@link unguard} gives back exactly what there was. */
export const guard = (cell: string): string => (formula.test(cell) ? `'${cell}` : cell);

/** A cell as it was before {@link guard}. */
export const unguard = (cell: string): string => (guarded.test(cell) ? cell.slice(1) : cell);
