/** The page of a session. */
export const sessionUrl = (projectId: string, sessionId: string): string =>
  `/project/${encodeURIComponent(projectId)}/sessions/${encodeURIComponent(sessionId)}`;
