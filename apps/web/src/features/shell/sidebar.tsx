'use client';
import { Button, cn, Kbd, Menu, MenuContent, MenuItem, MenuLabel, MenuTrigger, Tooltip } from '@tracewell/ui';
import {
  CircleUser,
  Gauge,
  Keyboard,
  ListTree,
  LogOut,
  MessagesSquare,
  Rows3,
  Search,
  Settings,
  SunMoon,
} from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { useSignOut } from '../sign-in/use-sign-out';
import { Logo } from './logo';
import { useShell } from './shell-context';

/** A rail at the left; at the bottom of a phone. */
export function Sidebar() {
  const { projectId, openPalette, openShortcuts, toggleTheme } = useShell();
  const pathname = usePathname();
  const base = `/project/${encodeURIComponent(projectId)}`;
  const pages = [
    { href: `${base}/traces`, label: 'Traces', keys: ['g', 't'], icon: <ListTree /> },
    { href: `${base}/observations`, label: 'Observations', keys: ['g', 'o'], icon: <Rows3 /> },
    { href: `${base}/sessions`, label: 'Sessions', keys: ['g', 'e'], icon: <MessagesSquare /> },
    { href: `${base}/scores`, label: 'Scores', keys: ['g', 'c'], icon: <Gauge /> },
    { href: `${base}/settings`, label: 'Settings', keys: ['g', 's'], icon: <Settings /> },
  ];
  return (
    <nav
      aria-label="Main"
      className="flex shrink-0 items-center gap-1 border-line bg-canvas max-sm:h-12 max-sm:justify-around max-sm:border-t sm:w-12 sm:flex-col sm:border-r sm:py-2"
    >
      <Link href="/" aria-label="Tracewell" className="mb-2 rounded-lg max-sm:hidden">
        <Logo className="size-7" />
      </Link>
      {pages.map(({ href, label, keys, icon }) => (
        <RailTip key={href} label={label} keys={keys}>
          <Link
            href={href}
            aria-label={label}
            aria-current={pathname.startsWith(href) ? 'page' : undefined}
            className={cn(
              'grid size-8 place-items-center rounded-md text-ink-muted hover:bg-hover hover:text-ink [&_svg]:size-4',
              pathname.startsWith(href) && 'bg-active text-accent hover:bg-active hover:text-accent',
            )}
          >
            {icon}
          </Link>
        </RailTip>
      ))}
      <span className="flex-1 max-sm:hidden" />
      <RailButton label="Search and commands" keys={['Ctrl', 'K']} icon={<Search />} onClick={openPalette} />
      <RailButton
        label="Keyboard shortcuts"
        keys={['?']}
        icon={<Keyboard />}
        onClick={openShortcuts}
        className="max-sm:hidden"
      />
      <RailButton label="Light or dark" keys={['t']} icon={<SunMoon />} onClick={toggleTheme} />
      <AccountMenu />
    </nav>
  );
}

function RailTip({ label, keys, children }: { label: string; keys: string[]; children: ReactNode }) {
  return (
    <Tooltip
      side="right"
      content={
        <span className="flex items-center gap-1.5">
          {label}
          {keys.map((key) => (
            <Kbd key={key}>{key}</Kbd>
          ))}
        </span>
      }
    >
      {children}
    </Tooltip>
  );
}

interface RailButtonProps {
  label: string;
  keys: string[];
  icon: ReactNode;
  onClick: () => void;
  className?: string;
}

const railButton = 'size-8 [&_svg]:size-4';

const RailButton = ({ label, keys, icon, onClick, className }: RailButtonProps) => (
  <RailTip label={label} keys={keys}>
    <Button
      look="ghost"
      size="icon"
      aria-label={label}
      className={cn(railButton, className)}
      onClick={onClick}
    >
      {icon}
    </Button>
  </RailTip>
);

function AccountMenu() {
  const { session } = useShell();
  const leave = useSignOut();
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button look="ghost" size="icon" aria-label="Account" className={railButton}>
          <CircleUser />
        </Button>
      </MenuTrigger>
      <MenuContent side="right" align="end">
        <MenuLabel>
          {session ? (
            <>
              <span className="block text-sm text-ink">{session.user.name || session.user.email}</span>
              <span className="block">{session.user.email}</span>
              <span className="block">Tracewell {session.version}</span>
            </>
          ) : (
            'Account'
          )}
        </MenuLabel>
        <MenuItem onSelect={leave}>
          <LogOut /> Sign out
        </MenuItem>
      </MenuContent>
    </Menu>
  );
}
