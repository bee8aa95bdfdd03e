import type { Relational } from '@tracewell/engines/relational/port';
import { hasVersion } from './store';

/** Whether the project has a version of a prompt with this id: for what is said of one. */
export const hasPromptVersion = (
  { relational }: { relational: Pick<Relational, 'db'> },
  projectId: string,
  versionId: string,
): Promise<boolean> => hasVersion(relational.db, projectId, versionId);
