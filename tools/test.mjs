// `npm test`: format, lint, types, then every test. Arguments after `--` go to vitest.
import { bin, build, install, requireNode, step } from './setup.mjs';

requireNode();
await install();
await step('Format and lint', process.execPath, [
  bin('@biomejs/biome', 'bin/biome'),
  'check',
  '--error-on-warnings',
  '.',
]);
await step('Types', process.execPath, [
  bin('turbo', 'bin/turbo'),
  'run',
  'typecheck',
  '--output-logs=errors-only',
  '--no-daemon',
]);
await build();
await step('Tests', process.execPath, [bin('vitest', 'vitest.mjs'), 'run', ...process.argv.slice(2)], {
  show: true,
});
