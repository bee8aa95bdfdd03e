import type { Metadata } from 'next';
import { TracesScreen } from '../../../../features/explore/traces-screen';

export const metadata: Metadata = { title: 'Traces' };

export default async function Page({ params }: { params: Promise<{ projectId: string }> }) {
  const { projectId } = await params;
  return <TracesScreen key={projectId} projectId={decodeURIComponent(projectId)} />;
}
