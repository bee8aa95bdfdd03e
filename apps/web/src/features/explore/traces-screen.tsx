'use client';
import { ExploreScreen } from './explore-screen';
import { tracesTable } from './traces-table';

export const TracesScreen = ({ projectId }: { projectId: string }) => (
  <ExploreScreen projectId={projectId} table={tracesTable} />
);
