// `npm run bench`: a fresh instance, measured. Arguments after `--`: see tools/bench/main.ts.
import { bin, build, install, requireNode, step } from './setup.mjs';

requireNode();
await install();
await build();
await step(
  'Benchmark',
  process.execPath,
  [bin('tsx', 'dist/cli.mjs'), 'tools/bench/main.ts', ...process.argv.slice(2)],
  { show: true },
);
