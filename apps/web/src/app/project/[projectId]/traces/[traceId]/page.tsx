import type { Metadata } from 'next';
import { TraceScreen } from '../../../../../features/trace/trace-screen';

export const metadata: Metadata = { title: 'Trace' };

interface PageProps {
  params: Promise<{ projectId: string; traceId: string }>;
}

export default async function Page({ params }: PageProps) {
  const { projectId, traceId } = await params;
  return (
    <TraceScreen
      key={traceId}
      projectId={decodeURIComponent(projectId)}
      traceId={decodeURIComponent(traceId)}
    />
  );
}
