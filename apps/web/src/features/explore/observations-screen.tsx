'use client';
import { ExploreScreen } from './explore-screen';
import { observationsTable } from './observations-table';

export const ObservationsScreen = ({ projectId }: { projectId: string }) => (
  <ExploreScreen projectId={projectId} table={observationsTable} />
);
