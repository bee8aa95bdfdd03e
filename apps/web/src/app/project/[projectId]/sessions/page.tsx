import type { Metadata } from 'next';
import { SessionsScreen } from '../../../../features/explore/sessions-screen';

export const metadata: Metadata = { title: 'Sessions' };

export default async function Page({ params }: { params: Promise<{ projectId: string }> }) {
  const { projectId } = await params;
  return <SessionsScreen key={projectId} projectId={decodeURIComponent(projectId)} />;
}
