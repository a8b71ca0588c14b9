import { AppError } from '@muster/contracts';

/** Throws `invalid_input`, naming each scope that is none of `allowed`. Returns the scopes once each. */
export function requireScopes<S extends string>(scopes: readonly string[], allowed: readonly S[]): S[] {
  const known = new Set<string>(allowed);
  const errors = scopes.flatMap((scope, index) =>
    known.has(scope) ? [] : [{ field: `scopes.${index}`, message: `${scope} cannot be given`, in: 'body' as const }],
  );
  if (errors.length > 0) throw new AppError('invalid_input', 'Some scopes cannot be given.', { errors });
  return [...new Set(scopes)] as S[];
}

/**
 * The scopes a token gets: all that are held, or of those the ones that were asked for (parted by spaces, RFC 6749 §3.3). Throws
 * `invalid_scope` when nothing is left.
 */
export function grantScopes(held: readonly string[], asked: string | undefined): string[] {
  const wanted = asked?.split(' ').filter((scope) => scope !== '');
  const granted = wanted === undefined ? [...held] : held.filter((scope) => wanted.includes(scope));
  if (granted.length === 0) throw new AppError('invalid_scope', 'None of these scopes can be granted.');
  return granted;
}
