'use client';
import { ExploreScreen } from './explore-screen';
import { scoresTable } from './scores-table';

export const ScoresScreen = ({ projectId }: { projectId: string }) => (
  <ExploreScreen projectId={projectId} table={scoresTable} />
);
