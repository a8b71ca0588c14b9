import { demo } from './cli/demo.ts';
import { dlq } from './cli/dlq.ts';
import { down } from './cli/down.ts';
import { logs } from './cli/logs.ts';
import { reset } from './cli/reset.ts';
import { restart } from './cli/restart.ts';
import { rotateKeys } from './cli/rotate-keys.ts';
import { scale } from './cli/scale.ts';
import { status } from './cli/status.ts';
import { supervise } from './cli/supervise.ts';
import { tools } from './cli/tools.ts';
import { up } from './cli/up.ts';

const usage = `usage: cli.ts <command>
  up                      start the whole platform, or say where it runs
  down                    stop it; data stays
  status                  what runs, where, since when
  logs [part…]            follow the logs (--lines N, --no-follow)
  restart <part>          restart one part; sidecars are called <service>-dapr
  reset                   stop it and delete its data
  demo                    play a shift change (--people N, --window-seconds N)
  scale plan              expected check-ins, and how many pods of attendance when (--hours N, --from INSTANT, --json)
  scale set               plan a quarter of an hour: --site NAME --at INSTANT --check-ins N --check-outs N
  rotate-keys             a new key for access tokens; nobody is signed out (--list shows the keys, here or at MUSTER_URL)
  dlq [list|retry|drop]   dead letters: list [app]; retry all | retry <app> [id]; drop <app> <id>
  tools                   find or build Dapr's programs and the S3 server`;

const commands: Record<string, (args: string[]) => Promise<number>> = {
  up,
  down,
  status,
  logs,
  restart,
  reset,
  demo,
  scale,
  'rotate-keys': rotateKeys,
  dlq,
  tools,
  supervise,
};

const [name = '', ...args] = process.argv.slice(2);
const command = commands[name];
if (!command) {
  console.error(usage);
  process.exit(name === '' || name === 'help' || name === '--help' ? 0 : 2);
}
try {
  process.exitCode = await command(args);
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
