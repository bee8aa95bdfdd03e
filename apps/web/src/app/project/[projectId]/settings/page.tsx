import type { Metadata } from 'next';
import { ApiKeysScreen } from '../../../../features/api-keys/api-keys-screen';

export const metadata: Metadata = { title: 'Settings' };

export default async function Page({ params }: { params: Promise<{ projectId: string }> }) {
  const { projectId } = await params;
  return <ApiKeysScreen projectId={decodeURIComponent(projectId)} />;
}
