import type { Blob } from '@tracewell/engines/blob/port';
import type { Relational } from '@tracewell/engines/relational/port';
import { mediaKey } from './media';
import { deleteMedia, lockOrphans, unlinkTraces } from './store';

/**
 * Deletes what only these traces show; what something else shows as well stays. Part of deleting traces, which
 * is authorised and audited as a whole.
 */
export async function deleteMediaOfTraces(
  { relational, blob }: { relational: Pick<Relational, 'db'>; blob: Pick<Blob, 'delete'> },
  projectId: string,
  traceIds: readonly string[],
): Promise<void> {
  if (traceIds.length === 0) return;
  await relational.db.transaction(async (transaction) => {
    const shown = await unlinkTraces(transaction, projectId, traceIds);
    const orphans = await lockOrphans(transaction, projectId, shown);
    // While their rows are locked: whoever brings one of them back waits for this, and then uploads it anew.
    await blob.delete(orphans.map((mediaId) => mediaKey(projectId, mediaId)));
    await deleteMedia(transaction, projectId, orphans);
  });
}
