'use client';
import {
  Button,
  Menu,
  MenuContent,
  MenuLabel,
  MenuRadioGroup,
  MenuRadioItem,
  MenuTrigger,
  Skeleton,
} from '@tracewell/ui';
import { ChevronsUpDown } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { Fragment, type ReactNode } from 'react';
import { useShell } from './shell-context';

/** Project, title, and what the page can do; one line, two on a phone. */
export function ScreenHeader({ title, children }: { title: ReactNode; children?: ReactNode }) {
  return (
    <header className="flex min-h-11 shrink-0 flex-wrap items-center gap-x-2 gap-y-1 border-b border-line bg-canvas px-3 py-1.5">
      <ProjectSwitcher />
      <span aria-hidden className="text-ink-faint">
        /
      </span>
      <div className="min-w-0 truncate font-medium">{title}</div>
      {children}
    </header>
  );
}

function ProjectSwitcher() {
  const { session, projectId } = useShell();
  const router = useRouter();
  if (!session) return <Skeleton className="h-4 w-24" />;
  const current = session.organizations
    .flatMap((organization) => organization.projects)
    .find((project) => project.id === projectId);
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button
          look="ghost"
          className="-ml-1 min-w-0 shrink px-1.5 text-sm text-ink"
          aria-label="Switch project"
        >
          <span className="max-w-32 truncate sm:max-w-60">{current?.name ?? projectId}</span>
          <ChevronsUpDown className="text-ink-faint" />
        </Button>
      </MenuTrigger>
      <MenuContent className="max-w-80">
        <MenuRadioGroup
          value={projectId}
          onValueChange={(id) => router.push(`/project/${encodeURIComponent(id)}/traces`)}
        >
          {session.organizations.map((organization) => (
            <Fragment key={organization.id}>
              <MenuLabel>{organization.name}</MenuLabel>
              {organization.projects.map((project) => (
                <MenuRadioItem key={project.id} value={project.id}>
                  <span className="truncate">{project.name}</span>
                </MenuRadioItem>
              ))}
            </Fragment>
          ))}
        </MenuRadioGroup>
      </MenuContent>
    </Menu>
  );
}
