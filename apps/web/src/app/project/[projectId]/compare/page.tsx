import type { Metadata } from 'next';
import { CompareScreen } from '../../../../features/compare/compare-screen';

export const metadata: Metadata = { title: 'Compare traces' };

export default async function Page({ params }: { params: Promise<{ projectId: string }> }) {
  const { projectId } = await params;
  return <CompareScreen projectId={decodeURIComponent(projectId)} />;
}
