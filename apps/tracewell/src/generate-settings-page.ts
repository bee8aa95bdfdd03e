import { writeFileSync } from 'node:fs';
import { describeSettings } from './settings-page';

/** Run by `npm run generate -w @tracewell/tracewell` after every change of a setting. */
writeFileSync(new URL('../../../docs/settings.md', import.meta.url), describeSettings());
