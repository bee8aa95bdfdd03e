import { isText, readStored, writeStored } from '@tracewell/ui';
import type { SessionResponse } from '../../api-client/types';

export interface ProjectEntry {
  id: string;
  name: string;
  organizationName: string;
}

export const listProjects = (session: SessionResponse): ProjectEntry[] =>
  session.organizations.flatMap((organization) =>
    organization.projects.map(({ id, name }) => ({ id, name, organizationName: organization.name })),
  );

const key = 'tracewell.last-project';
export const rememberProject = (projectId: string): void => writeStored(key, projectId);

/** The project looked at last in this browser, if it is still one of theirs; else the first. */
export function chooseProject(projects: readonly ProjectEntry[]): ProjectEntry | undefined {
  const last = readStored(key, '', isText);
  return projects.find((project) => project.id === last) ?? projects[0];
}
