// Bundles the entry of an app for Node: `node bundle.mjs src/main.ts dist/main.js …`. Our own packages are
// bundled, as they are TypeScript; everything from the registry stays where it is installed.
import { build } from 'esbuild';

const pairs = process.argv.slice(2);
for (let at = 0; at < pairs.length; at += 2) {
  await build({
    entryPoints: [pairs[at]],
    outfile: pairs[at + 1],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    sourcemap: true,
    logLevel: 'warning',
    plugins: [
      {
        name: 'registry-packages-stay-outside',
        setup({ onResolve }) {
          onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
            kind === 'entry-point' || path.startsWith('@tracewell/') ? undefined : { path, external: true },
          );
        },
      },
    ],
  });
}
