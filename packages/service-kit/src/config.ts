import type { z } from 'zod';

/** The environment does not fit the schema. `problems` holds one line per variable. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: string[];

  constructor(problems: string[]) {
    super(`The environment is not usable:\n${problems.map((line) => `  - ${line}`).join('\n')}`);
    this.problems = problems;
  }
}

/**
 * Parses the environment by `schema` (a zod object keyed by variable name). An empty value counts as missing, so that
 * `FOO=` in a manifest falls back to the default. Throws {@link ConfigError} naming every bad or missing variable at once.
 */
export function loadConfig<S extends z.ZodType>(schema: S, env: Record<string, string | undefined>): z.output<S> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const problems = new Map<string, string>();
  for (const issue of result.error.issues) {
    const name = String(issue.path[0] ?? 'environment');
    // The value itself stays out of the message: it may be a secret.
    if (!problems.has(name)) problems.set(name, `${name}: ${name in given ? issue.message : 'is required'}`);
  }
  throw new ConfigError([...problems.values()].sort());
}
