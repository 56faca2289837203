import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['pullpath-source'] },
  ssr: { resolve: { conditions: ['pullpath-source'], externalConditions: ['pullpath-source'] } },
  test: {
    include: ['packages/*/test/**/*.test.ts'],
    setupFiles: ['tools/test-setup.ts'],
    // Two cores are the smallest machine we promise to be usable on.
    maxWorkers: 2,
    testTimeout: 30_000,
  },
});
