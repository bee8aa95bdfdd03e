'use client';
import { useQuery } from '@tanstack/react-query';
import { EmptyNotice, ErrorNotice } from '@tracewell/ui';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { messageOf } from '../../api-client/client-error';
import { sessionQuery } from '../../api-client/queries';
import { chooseProject, listProjects } from './last-project';
import { Logo } from './logo';

export function OpenLastProject() {
  const router = useRouter();
  const session = useQuery(sessionQuery);
  const project = session.data ? chooseProject(listProjects(session.data)) : undefined;
  useEffect(() => {
    if (project) router.replace(`/project/${encodeURIComponent(project.id)}/traces`);
  }, [project, router]);
  if (session.isError) {
    return (
      <main className="h-dvh">
        <ErrorNotice
          title="Your projects could not be loaded"
          message={messageOf(session.error)}
          onRetry={() => session.refetch()}
        />
      </main>
    );
  }
  if (session.data && !project) {
    return (
      <main className="h-dvh">
        <EmptyNotice title="You are not a member of any project">
          <p>Ask an owner of your organisation to add you to one, then open this page again.</p>
        </EmptyNotice>
      </main>
    );
  }
  return (
    <main className="grid h-dvh place-items-center">
      <Logo className="size-8 animate-pulse" />
    </main>
  );
}
