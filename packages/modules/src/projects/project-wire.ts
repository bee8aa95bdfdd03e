import type { PublicProject } from '@tracewell/contract';

/** Retention that keeps data for ever, 0 or none, is not shown. */
export const describeProject = (project: {
  id: string;
  name: string;
  organization: { id: string; name: string };
  metadata: Record<string, unknown> | null;
  retentionDays: number | null;
}): PublicProject => ({
  id: project.id,
  name: project.name,
  organization: { id: project.organization.id, name: project.organization.name },
  metadata: project.metadata ?? {},
  ...(project.retentionDays ? { retentionDays: project.retentionDays } : {}),
});
