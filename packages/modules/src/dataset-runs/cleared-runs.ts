import type { Microseconds } from '@tracewell/domain';
import { listClearedRuns, type Reader } from './store';

/** Deleted runs that are kept out of what spans say; the oldest deletions are forgotten first. */
const maxCleared = 5_000;

/** When runs were deleted, by id: what was recorded before is no longer theirs. */
export async function readClearedRuns(db: Reader, projectId: string): Promise<Map<string, Microseconds>> {
  const rows = await listClearedRuns(db, projectId, maxCleared);
  return new Map(rows.map(({ id, clearedAt }) => [id, clearedAt!.getTime() * 1000]));
}
