import { defineConfig } from 'vitest/config';
import { InOrder } from './src/in-order.ts';

// One release on one cluster serves every file: one worker, in an order that installs before it uses.
export default defineConfig({
  test: {
    include: ['tests/kubernetes/*.test.ts'],
    setupFiles: ['tests/kubernetes/src/show-cluster.ts'],
    sequence: { sequencer: InOrder },
    pool: 'forks',
    isolate: false,
    fileParallelism: false,
    maxWorkers: 1,
    // Safety nets only: no test measures time.
    testTimeout: 900_000,
    hookTimeout: 900_000,
    teardownTimeout: 60_000,
  },
});
