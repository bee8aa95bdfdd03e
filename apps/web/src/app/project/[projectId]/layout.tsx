import type { ReactNode } from 'react';
import { ProjectFrame } from '../../../features/shell/project-frame';

interface LayoutProps {
  children: ReactNode;
  params: Promise<{ projectId: string }>;
}

export default async function Layout({ children, params }: LayoutProps) {
  const { projectId } = await params;
  return <ProjectFrame projectId={decodeURIComponent(projectId)}>{children}</ProjectFrame>;
}
