import { z } from 'zod';
import { defineOperation } from '../operation';
import { listTracesQuery } from './explore';

/** What a table of the explorer shows, as a file: all rows that its filter means, with their payloads whole. */

export const exportFormats = ['csv', 'json', 'jsonl', 'parquet'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export const exportTraces = defineOperation({
  id: 'exportTraces',
  method: 'GET',
  path: '/api/v1/projects/{projectId}/traces/export',
  scope: 'traces:read',
  tag: 'Explore',
  summary: 'Traces with their inputs, outputs and metadata as a file, written while it is read.',
  params: z.object({ projectId: z.string().min(1) }),
  query: listTracesQuery.omit({ limit: true, cursor: true }).extend({ format: z.enum(exportFormats) }),
  file: ['text/csv', 'application/json', 'application/jsonl', 'application/vnd.apache.parquet'],
  responses: { 200: z.string() },
});
