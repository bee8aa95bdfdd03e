import type { Metadata } from 'next';
import { ObservationsScreen } from '../../../../features/explore/observations-screen';

export const metadata: Metadata = { title: 'Observations' };

export default async function Page({ params }: { params: Promise<{ projectId: string }> }) {
  const { projectId } = await params;
  return <ObservationsScreen key={projectId} projectId={decodeURIComponent(projectId)} />;
}
