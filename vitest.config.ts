import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      'packages/*/test/**/*.test.ts',
      'services/*/test/**/*.test.ts',
      'bench/test/**/*.test.ts',
      'k8s/*/test/**/*.test.ts',
    ],
    globalSetup: ['./packages/testing/src/global-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // Safety nets only: no test may depend on how fast the machine is.
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
