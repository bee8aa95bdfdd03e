import { defineConfig } from 'vitest/config';

/**
 * Every test of the house in one run. Tests that start engines are ordinary tests: each takes a folder and
 * ports of its own, so any order and any parallelism is fine; only their time limit differs.
 */
export default defineConfig({
  test: {
    include: ['{apps,packages,tools}/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', '**/.next/**'],
    pool: 'forks',
    maxWorkers: 2,
    // What clients print while they pass is theirs.
    silent: 'passed-only',
    testTimeout: 120_000,
    hookTimeout: 180_000,
    // A state is waited for, however slow the machine; the default is a second.
    expect: { poll: { timeout: 20_000 } },
    reporters: process.env.CI ? ['dot'] : ['default'],
  },
});
