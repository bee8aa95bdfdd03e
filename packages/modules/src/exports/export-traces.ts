import type { exportTraces as operation, QueryOf } from '@tracewell/contract';
import type { Columnar } from '@tracewell/engines/columnar/port';
import { streamTraces } from '@tracewell/query/explore/stream-traces';
import { type ProjectAccess, requireScope } from '../access/index';
import { traceOrderOf, traceSelectionOf } from '../explore/index';
import { createExportFile, type ExportFile } from './export-file';
import { traceColumns } from './trace-columns';

/** The traces that are meant, whole, in the order asked for. Throws as `exploreTraces` does, before the file begins. */
export function exportTraces(
  { columnar }: { columnar: Columnar },
  access: ProjectAccess,
  query: QueryOf<typeof operation>,
): Promise<ExportFile> {
  requireScope(access, 'traces:read');
  const pieces = streamTraces(columnar, {
    ...traceSelectionOf(access, query),
    order: traceOrderOf(query.orderBy),
  });
  return createExportFile('traces', query.format, traceColumns, pieces);
}
