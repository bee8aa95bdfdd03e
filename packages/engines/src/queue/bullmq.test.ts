import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../relational/embedded/launch';
import { openBullMq } from './bullmq';
import { describeQueues } from './conformance';

const directory = mkdtempSync(join(tmpdir(), 'tracewell-queue-'));
let postgres: EmbeddedPostgres;
beforeAll(async () => {
  postgres = await startEmbeddedPostgres({ directory });
});
afterAll(async () => {
  await postgres?.stop();
  rmSync(directory, { recursive: true, force: true });
});

describeQueues('BullMQ on Postgres', () => openBullMq({ url: postgres.url }));
