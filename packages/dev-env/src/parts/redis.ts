import { mkdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { PartSpec } from '../process/part.ts';
import type { Report } from '../progress.ts';
import { ensureRedis } from '../tools/ensure-redis.ts';
import type { PartsContext } from './context.ts';

/** Redis with its append-only file and a password. */
export function redisPart({ folder, ports, secrets }: PartsContext, report: Report): PartSpec {
  const data = join(folder.data, 'redis');
  return {
    name: 'redis',
    kind: 'infrastructure',
    port: ports.redis,
    async command() {
      const file = await ensureRedis(report);
      await mkdir(data, { recursive: true });
      const config = join(folder.data, 'redis.conf');
      const lines = {
        bind: '127.0.0.1',
        port: String(ports.redis),
        requirepass: secrets.redisPassword,
        appendonly: 'yes',
        appendfsync: 'everysec',
        save: '""',
        dir: data,
        daemonize: 'no',
        // Its title would overwrite the mark by which we find our own.
        'set-proc-title': 'no',
      };
      // In a file and not among the arguments, which everybody on the machine can read.
      const text = Object.entries(lines).map(([key, value]) => `${key} ${value}\n`);
      await writeFile(config, text.join(''), { mode: 0o600 });
      return { file, args: [config], cwd: data };
    },
    probe: () => pong(ports.redis, secrets.redisPassword),
    stopSignal: 'SIGTERM',
    deathSignal: 'SIGTERM',
    graceMs: 10_000,
  };
}

/** One PING with the password; false while Redis loads its file. */
function pong(port: number, password: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    let said = '';
    const finish = (yes: boolean) => {
      socket.destroy();
      resolve(yes);
    };
    socket.setTimeout(1_000, () => finish(false));
    socket.on('error', () => finish(false));
    socket.on('close', () => resolve(false));
    socket.on('connect', () => socket.write(`AUTH ${password}\r\nPING\r\n`));
    socket.on('data', (chunk) => {
      said += chunk;
      if (said.includes('+PONG')) finish(true);
      else if (said.includes('\n-') || said.startsWith('-')) finish(false);
    });
  });
}
