import { type ProjectAccess, requireScope } from '../access/index';

/** Deletes traces with all that hangs on them; unknown ids are no error. */
export async function deleteTraces(
  deps: { deleteTraces(projectId: string, traceIds: readonly string[]): Promise<void> },
  access: ProjectAccess,
  traceIds: readonly string[],
): Promise<void> {
  requireScope(access, 'traces:delete');
  await deps.deleteTraces(access.projectId, traceIds);
}
