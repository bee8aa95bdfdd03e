import type { Metadata } from 'next';
import { ScoresScreen } from '../../../../features/explore/scores-screen';

export const metadata: Metadata = { title: 'Scores' };

export default async function Page({ params }: { params: Promise<{ projectId: string }> }) {
  const { projectId } = await params;
  return <ScoresScreen key={projectId} projectId={decodeURIComponent(projectId)} />;
}
