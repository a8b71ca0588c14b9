import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { yieldProcessor } from '../src/process/yield-processor.ts';

test('a part yields the processor, where Linux groups processes by session; nobody else does, and nothing fails elsewhere', async () => {
  const child = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
  try {
    await yieldProcessor(child.pid, 15);
    const file = `/proc/${child.pid}/autogroup`;
    if (existsSync(file)) expect(readFileSync(file, 'utf8')).toMatch(/ nice 15\n$/);
    if (existsSync('/proc/self/autogroup'))
      expect(readFileSync('/proc/self/autogroup', 'utf8')).not.toMatch(/ nice 15\n$/);
  } finally {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  await yieldProcessor(child.pid, 15);
  await yieldProcessor(undefined, 15);
});
