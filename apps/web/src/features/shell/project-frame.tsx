'use client';
import { useQuery } from '@tanstack/react-query';
import { EmptyNotice, useHotkeys } from '@tracewell/ui';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useTheme } from 'next-themes';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { sessionQuery } from '../../api-client/queries';
import { listProjects, rememberProject } from './last-project';
import { ShellProvider } from './shell-context';
import { Sidebar } from './sidebar';

const Palette = dynamic(() => import('./palette').then((module) => module.Palette), { ssr: false });
const ShortcutsDialog = dynamic(() => import('./shortcuts-dialog').then((module) => module.ShortcutsDialog), {
  ssr: false,
});

/** Sidebar, palette and the keys that work on every page of a project. */
export function ProjectFrame({ projectId, children }: { projectId: string; children: ReactNode }) {
  const router = useRouter();
  const session = useQuery(sessionQuery);
  const { resolvedTheme, setTheme } = useTheme();
  const [isPaletteOpen, setPaletteOpen] = useState(false);
  const [areShortcutsOpen, setShortcutsOpen] = useState(false);
  const isMember = !session.data || listProjects(session.data).some((project) => project.id === projectId);
  useEffect(() => {
    if (session.data && isMember) rememberProject(projectId);
  }, [session.data, isMember, projectId]);

  const shell = useMemo(
    () => ({
      projectId,
      session: session.data,
      openPalette: () => setPaletteOpen(true),
      openShortcuts: () => setShortcutsOpen(true),
      toggleTheme: () => setTheme(resolvedTheme === 'dark' ? 'light' : 'dark'),
    }),
    [projectId, session.data, resolvedTheme, setTheme],
  );
  const base = `/project/${encodeURIComponent(projectId)}`;
  useHotkeys({
    'mod+k': () => setPaletteOpen((open) => !open),
    '?': shell.openShortcuts,
    t: shell.toggleTheme,
    'g t': () => router.push(`${base}/traces`),
    'g o': () => router.push(`${base}/observations`),
    'g e': () => router.push(`${base}/sessions`),
    'g c': () => router.push(`${base}/scores`),
    'g s': () => router.push(`${base}/settings`),
  });
  return (
    <ShellProvider value={shell}>
      <div className="flex h-dvh flex-col-reverse overflow-hidden sm:flex-row">
        <Sidebar />
        <main className="flex min-h-0 min-w-0 flex-1 flex-col">
          {isMember ? (
            children
          ) : (
            <EmptyNotice title="You have no project with this id">
              <p>
                Either “{projectId}” does not exist or you are not a member of it. Choose one of yours with
                Ctrl K, or ask an owner to add you.
              </p>
            </EmptyNotice>
          )}
        </main>
      </div>
      {isPaletteOpen ? <Palette onClose={() => setPaletteOpen(false)} /> : null}
      {areShortcutsOpen ? <ShortcutsDialog onClose={() => setShortcutsOpen(false)} /> : null}
    </ShellProvider>
  );
}
