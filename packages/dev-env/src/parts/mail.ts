import { join } from 'node:path';
import type { PartSpec } from '../process/part.ts';
import { answers } from '../process/wait-until.ts';
import type { PartsContext } from './context.ts';

/** Catches every mail Muster sends and shows it on a page; nothing leaves the machine. */
export function mailPart({ folder, ports }: PartsContext): PartSpec {
  return {
    name: 'mail',
    kind: 'infrastructure',
    port: ports.mail,
    command: () => ({
      file: process.execPath,
      args: [join(import.meta.dirname, '../mail/catcher-main.ts')],
      env: { PORT: String(ports.mail), SMTP_PORT: String(ports.smtp) },
      cwd: folder.data,
    }),
    probe: () => answers(`http://127.0.0.1:${ports.mail}/healthz`),
    stopSignal: 'SIGTERM',
    deathSignal: 'SIGKILL',
    graceMs: 3_000,
  };
}
