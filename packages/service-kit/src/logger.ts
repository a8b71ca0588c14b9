import { type Logger, pino } from 'pino';

/** Structured log of one process; `pino` underneath. */
export type Log = Logger;

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

const secrets = ['authorization', 'cookie', 'password', 'currentPassword', 'newPassword', 'token', 'accessToken'];
const moreSecrets = [
  'refreshToken',
  'invitationToken',
  'deviceToken',
  'apiToken',
  'dapr-api-token',
  'set-cookie',
  'secret',
];

// pino's wildcards stand for one level: name the key at the top, one and two levels down (`req.headers.cookie`).
const paths = [...secrets, ...moreSecrets].flatMap((key) => [`["${key}"]`, `*["${key}"]`, `*.*["${key}"]`]);

/**
 * Logger of a service. Values under secret keys (authorization, cookie, password, *Token …) are replaced by `[redacted]`.
 * `pretty` is for a developer's terminal, `json` for everything else; a bundle always writes `json`.
 */
export function createLogger(o: { service: string; level?: LogLevel; format?: 'json' | 'pretty' }): Log {
  // Bundles are for clusters and carry no pino-pretty, which runs in a thread of its own.
  const pretty = o.format === 'pretty' && import.meta.url.endsWith('.ts');
  return pino({
    base: { service: o.service },
    level: o.level ?? 'info',
    redact: { paths, censor: '[redacted]' },
    formatters: { level: (label) => ({ level: label }) },
    timestamp: pino.stdTimeFunctions.isoTime,
    ...(pretty && {
      transport: { target: 'pino-pretty', options: { colorize: true, ignore: 'pid,hostname' } },
    }),
  });
}
