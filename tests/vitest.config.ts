import { defineConfig } from 'vitest/config';

// One platform serves every file: no isolation, one worker, one file after the other.
export default defineConfig({
  test: {
    include: ['tests/platform/**/*.test.ts'],
    setupFiles: ['tests/src/whole-platform.ts'],
    pool: 'forks',
    isolate: false,
    fileParallelism: false,
    maxWorkers: 1,
    // Safety nets only: no test measures time.
    testTimeout: 180_000,
    hookTimeout: 300_000,
    teardownTimeout: 60_000,
  },
});
