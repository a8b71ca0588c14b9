/** A log line as a person reads it. */
export interface ReadableLine {
  /** `HH:MM:SS.mmm` of the machine, when the line says when. */
  time: string | undefined;
  level: string | undefined;
  text: string;
}

const pinoLevels: Record<number, string> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'fatal',
};
const dull = new Set([
  'time',
  'level',
  'msg',
  'pid',
  'hostname',
  'service',
  'app_id',
  'instance',
  'scope',
  'type',
  'ver',
]);

/** Understands pino's JSON and Dapr's `key=value` lines; anything else stays as it is. */
export function readable(line: string): ReadableLine {
  if (line.startsWith('{')) {
    try {
      return fromFields(JSON.parse(line) as Record<string, unknown>);
    } catch {
      return plain(line);
    }
  }
  return line.startsWith('time=') ? fromFields(logfmt(line)) : plain(line);
}

const plain = (text: string): ReadableLine => ({ time: undefined, level: undefined, text });

function fromFields(fields: Record<string, unknown>): ReadableLine {
  const { time, level, msg } = fields;
  const others = Object.entries(fields)
    .filter(([key]) => !dull.has(key))
    .map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  const when = typeof time === 'number' || typeof time === 'string' ? new Date(time) : undefined;
  return {
    time: when && !Number.isNaN(when.getTime()) ? when.toISOString().slice(11, 23) : undefined,
    level:
      typeof level === 'number' ? pinoLevels[level] : level === 'warning' ? 'warn' : String(level ?? '') || undefined,
    text: [msg, ...others].filter((part) => part !== undefined && part !== '').join(' '),
  };
}

function logfmt(line: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [, key = '', quoted, bare] of line.matchAll(/(\w+)=(?:"((?:[^"\\]|\\.)*)"|(\S*))/g)) {
    fields[key] = quoted?.replace(/\\(.)/g, '$1') ?? bare ?? '';
  }
  return fields;
}
