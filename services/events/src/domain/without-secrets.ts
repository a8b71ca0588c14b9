const secretName =
  /passw|passphrase|secret|hash$|token|credential|authorization|cookie|privatekey|apikey|recoverycode|totp|^pin$/i;

/**
 * A copy of an event's data with the values of secret-looking fields replaced, at any depth. Known events carry none;
 * this stands between a careless new producer and a log that can never be corrected.
 */
export function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, secretName.test(name) ? '[redacted]' : withoutSecrets(inner)]),
  );
}
