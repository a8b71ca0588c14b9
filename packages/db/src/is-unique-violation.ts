/** True for a refused duplicate (23505, or 23P01 of an exclusion constraint); of that constraint only, when one is named. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  if (!(error instanceof Error)) return false;
  const { code, constraint_name: name } = error as { code?: unknown; constraint_name?: unknown };
  return (code === '23505' || code === '23P01') && (constraint === undefined || constraint === name);
}
