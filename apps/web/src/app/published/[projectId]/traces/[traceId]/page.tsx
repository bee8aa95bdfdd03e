import type { Metadata } from 'next';
import { PublishedTrace } from '../../../../../features/publish/published-trace';

/** Whoever has the link may read; nobody should find it. */
export const metadata: Metadata = {
  title: 'Published trace',
  robots: { index: false, follow: false, noarchive: true },
  referrer: 'no-referrer',
};

interface PageProps {
  params: Promise<{ projectId: string; traceId: string }>;
}

export default async function Page({ params }: PageProps) {
  const { projectId, traceId } = await params;
  return <PublishedTrace projectId={decodeURIComponent(projectId)} traceId={decodeURIComponent(traceId)} />;
}
