// What a reader of a red run wants to see next: the pods and what happened to them.
import { afterEach } from 'vitest';
import { kubectl } from './cluster.ts';

afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  const shown = [
    ['get', 'pods,jobs,hpa', '--output', 'wide'],
    ['get', 'events', '--sort-by=.lastTimestamp'],
  ];
  for (const args of shown) {
    const text = await kubectl(args).catch((error: Error) => error.message);
    console.log(`kubectl ${args.join(' ')}\n${text.trimEnd().split('\n').slice(-40).join('\n')}`);
  }
});
