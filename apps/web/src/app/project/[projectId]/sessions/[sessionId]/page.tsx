import type { Metadata } from 'next';
import { SessionScreen } from '../../../../../features/session/session-screen';

export const metadata: Metadata = { title: 'Session' };

export default async function Page({
  params,
}: {
  params: Promise<{ projectId: string; sessionId: string }>;
}) {
  const { projectId, sessionId } = await params;
  const id = decodeURIComponent(sessionId);
  return <SessionScreen key={id} projectId={decodeURIComponent(projectId)} sessionId={id} />;
}
