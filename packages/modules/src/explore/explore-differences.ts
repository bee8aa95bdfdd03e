import type { AnswerOf, exploreTraceDifferences as operation, QueryOf } from '@tracewell/contract';
import type { Columnar } from '@tracewell/engines/columnar/port';
import { traceDifferences } from '@tracewell/query/explore/trace-differences';
import { type ProjectAccess, requireScope } from '../access/index';
import { traceSelectionOf } from './explore-traces';

/** What sets the traces of a region apart from the rest of a selection. */
export async function exploreTraceDifferences(
  { columnar }: { columnar: Columnar },
  access: ProjectAccess,
  query: QueryOf<typeof operation>,
): Promise<AnswerOf<typeof operation>> {
  requireScope(access, 'traces:read');
  const { regionFrom, regionTo, regionFilter, regionQ, ...selection } = query;
  return traceDifferences(columnar, {
    projectId: access.projectId,
    selection: traceSelectionOf(access, selection),
    // What the region does not narrow is the selection's: its bounds keep the read small.
    region: traceSelectionOf(access, {
      from: regionFrom ?? selection.from,
      to: regionTo ?? selection.to,
      filter: regionFilter,
      q: regionQ,
    }),
  });
}
