import { definitionOn, type ShiftDefinition, type ShiftTypeVersion } from './shift-type-history.ts';

/** Before every date of work: a new shift type counts whenever somebody is planned for it. */
export const alwaysBefore = '2000-01-01';

export type ShiftTypeChange = { [K in keyof ShiftDefinition]?: ShiftDefinition[K] | undefined };

/**
 * The versions after a change that counts for shifts from `validFrom` on: later versions take it over and keep what else they planned,
 * earlier dates keep what they have. The very same list when nothing would change.
 */
export function changeShiftType(
  versions: readonly ShiftTypeVersion[],
  change: ShiftTypeChange,
  validFrom: string,
): readonly ShiftTypeVersion[] {
  const then = definitionOn({ id: '', versions }, validFrom);
  if (!then) return versions;
  const begun = versions.filter((one) => one.validFrom < validFrom);
  const later = versions.filter((one) => one.validFrom > validFrom);
  const after = [...begun, { validFrom, definition: then }, ...later].map((one) =>
    one.validFrom < validFrom ? one : { ...one, definition: apply(one.definition, change) },
  );
  // A version that says what the one before it says is none.
  const told = after.filter((one, n) => n === 0 || !isSame(one.definition, after[n - 1]?.definition));
  return isSame(told, versions) ? versions : told;
}

function apply(definition: ShiftDefinition, change: ShiftTypeChange): ShiftDefinition {
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  return { ...definition, ...given };
}

/** The database keeps objects, not the order of their fields. */
const isSame = (a: unknown, b: unknown): boolean => ordered(a) === ordered(b);

const ordered = (value: unknown): string =>
  JSON.stringify(value, (_, one: unknown) =>
    one !== null && typeof one === 'object' && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
