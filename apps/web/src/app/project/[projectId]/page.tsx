import { redirect } from 'next/navigation';

export default async function Page({ params }: { params: Promise<{ projectId: string }> }) {
  redirect(`/project/${(await params).projectId}/traces`);
}
