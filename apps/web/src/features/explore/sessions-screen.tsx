'use client';
import { ExploreScreen } from './explore-screen';
import { sessionsTable } from './sessions-table';

export const SessionsScreen = ({ projectId }: { projectId: string }) => (
  <ExploreScreen projectId={projectId} table={sessionsTable} />
);
