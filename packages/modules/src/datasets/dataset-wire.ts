import type { Dataset } from '@tracewell/contract';
import type { DatasetRow } from './store';

export const toDataset = (row: DatasetRow): Dataset => ({
  id: row.id,
  name: row.name,
  description: row.description,
  metadata: row.metadata,
  inputSchema: row.inputSchema,
  expectedOutputSchema: row.expectedOutputSchema,
  projectId: row.projectId,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});
