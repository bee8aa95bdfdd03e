'use client';
import { copyText, toast } from '@tracewell/ui';
import { CommandDialog, CommandGroup, CommandItem } from '@tracewell/ui/command';
import {
  ArrowRight,
  Boxes,
  CircleAlert,
  Gauge,
  Keyboard,
  Link2,
  ListTree,
  LogOut,
  MessagesSquare,
  Rows3,
  Settings,
  SunMoon,
} from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { useSignOut } from '../sign-in/use-sign-out';
import { listProjects } from './last-project';
import { useShell } from './shell-context';

interface Entry {
  label: string;
  /** Other words people look for it by. */
  also?: string;
  icon: ReactNode;
  run: () => void;
}

export function Palette({ onClose }: { onClose: () => void }) {
  const { projectId, session, toggleTheme, openShortcuts } = useShell();
  const router = useRouter();
  const leave = useSignOut();
  const [text, setText] = useState('');
  const base = `/project/${encodeURIComponent(projectId)}`;
  const id = text.trim();
  // A word is looked for among pages and actions; ids have figures in them, or are long.
  const mayBeId = !/\s/.test(id) && (id.length >= 16 || (id.length >= 4 && /\d/.test(id)));
  const pages: Entry[] = [
    {
      label: 'Traces',
      also: 'table list home',
      icon: <ListTree />,
      run: () => router.push(`${base}/traces`),
    },
    {
      label: 'Observations',
      also: 'generations spans calls table',
      icon: <Rows3 />,
      run: () => router.push(`${base}/observations`),
    },
    {
      label: 'Sessions',
      also: 'conversations chats threads table',
      icon: <MessagesSquare />,
      run: () => router.push(`${base}/sessions`),
    },
    {
      label: 'Scores',
      also: 'evaluations feedback judgements table',
      icon: <Gauge />,
      run: () => router.push(`${base}/scores`),
    },
    {
      label: 'Failed traces',
      also: 'errors level',
      icon: <CircleAlert />,
      run: () => router.push(`${base}/traces?q=level:ERROR`),
    },
    {
      label: 'Settings: API keys',
      also: 'credentials secret public',
      icon: <Settings />,
      run: () => router.push(`${base}/settings`),
    },
  ];
  const actions: Entry[] = [
    { label: 'Switch between light and dark', also: 'theme', icon: <SunMoon />, run: toggleTheme },
    { label: 'Show keyboard shortcuts', also: 'keys help', icon: <Keyboard />, run: openShortcuts },
    {
      label: 'Copy link to this view',
      also: 'url share permalink',
      icon: <Link2 />,
      run: () =>
        void copyText(window.location.href).then((done) =>
          done ? toast('Link copied') : toast.error('The browser does not allow copying'),
        ),
    },
    {
      label: 'Sign out',
      also: 'log out',
      icon: <LogOut />,
      run: leave,
    },
  ];
  const projects: Entry[] = (session ? listProjects(session) : [])
    .filter((project) => project.id !== projectId)
    .map((project) => ({
      label: `${project.organizationName} / ${project.name}`,
      also: project.id,
      icon: <Boxes />,
      run: () => router.push(`/project/${encodeURIComponent(project.id)}/traces`),
    }));
  const close = (run: () => void) => {
    onClose();
    run();
  };
  return (
    <CommandDialog
      open
      onOpenChange={(open) => !open && onClose()}
      label="Search and commands"
      placeholder="Page, action, project or trace id"
      value={text}
      onValueChange={setText}
    >
      {mayBeId ? (
        <CommandGroup heading="Jump">
          <CommandItem
            value={`open trace ${id}`}
            keywords={[id]}
            onSelect={() => close(() => router.push(`${base}/traces/${encodeURIComponent(id)}`))}
          >
            <ArrowRight />
            <span className="truncate">
              Open trace <span className="ident">{id}</span>
            </span>
          </CommandItem>
        </CommandGroup>
      ) : null}
      {[
        { heading: 'Pages', entries: pages },
        { heading: 'Actions', entries: actions },
        { heading: 'Projects', entries: projects },
      ].map(({ heading, entries }) =>
        entries.length ? (
          <CommandGroup key={heading} heading={heading}>
            {entries.map((entry) => (
              <CommandItem
                key={entry.label}
                value={entry.label}
                keywords={entry.also ? [entry.also] : []}
                onSelect={() => close(entry.run)}
              >
                {entry.icon}
                {entry.label}
              </CommandItem>
            ))}
          </CommandGroup>
        ) : null,
      )}
    </CommandDialog>
  );
}
