import type { Blob } from '@tracewell/engines/blob/port';
import { mediaKey } from './media';

/**
 * Deletes the bytes of all media of a project that is deleted; what is known of them goes with the project.
 * Repeatable. Part of purging a project, which is authorised and audited as a whole.
 */
export async function deleteMediaOfProject(
  blob: Pick<Blob, 'list' | 'delete'>,
  projectId: string,
): Promise<void> {
  for (;;) {
    const keys = await blob.list(mediaKey(projectId, ''));
    if (keys.length === 0) return;
    await blob.delete(keys);
  }
}
