// `npm run seed`: set up what is missing, then hand over to the command line in this same process.

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, install, requireNode, root } from './setup.mjs';

requireNode();
await install();
await build();
process.argv.splice(2, 0, 'seed');
await import(pathToFileURL(join(root, 'apps/tracewell/dist/main.js')).href);
