import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['test/**/*.test.ts'],
    globalSetup: ['./src/build-tools.ts'],
    maxWorkers: 2,
    testTimeout: 60_000,
  },
});
