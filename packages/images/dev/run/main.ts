import { openDoor } from './door.ts';
import { liveCopy } from './live-copy.ts';
import { createWatcher } from './watcher.ts';

// The first process of a watching container: runs the service from a copy of its sources that may be edited.
const app = process.env.MUSTER_APP ?? '';
const watcher = createWatcher({
  root: await liveCopy('/muster', '/tmp/muster'),
  app,
  inspectPort: 9229,
  compileCache: '/tmp/compile-cache',
});
watcher.start();
await openDoor({
  controlPort: 9228,
  port: Number(process.env.PORT ?? 8080),
  host: '0.0.0.0',
  onTaken: () => watcher.stop(),
  onLeft: () => watcher.start(),
  say: (msg) => console.log(JSON.stringify({ level: 'info', service: app, msg })),
});
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, async () => {
    await watcher.stop();
    process.exit(0);
  });
}
