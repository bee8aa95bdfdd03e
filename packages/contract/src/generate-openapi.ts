import { readFileSync, writeFileSync } from 'node:fs';
import { describeApi } from './openapi';
import { operations } from './operations';
import { describeOperations } from './operations-page';

/** Run by `npm run generate -w @tracewell/contract` after every change of an operation. */
const packageUrl = new URL('../package.json', import.meta.url);
const { version } = JSON.parse(readFileSync(packageUrl, 'utf8')) as { version: string };
const document = describeApi(operations, version);
writeFileSync(new URL('../openapi.json', import.meta.url), `${JSON.stringify(document, null, 2)}\n`);
writeFileSync(new URL('../../../docs/api-operations.md', import.meta.url), describeOperations(operations));
