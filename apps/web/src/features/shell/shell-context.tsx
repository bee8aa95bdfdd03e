'use client';
import { createContext, useContext } from 'react';
import type { SessionResponse } from '../../api-client/types';

interface Shell {
  projectId: string;
  session: SessionResponse | undefined;
  openPalette: () => void;
  openShortcuts: () => void;
  toggleTheme: () => void;
}

const ShellContext = createContext<Shell | null>(null);
export const ShellProvider = ShellContext.Provider;

export function useShell(): Shell {
  const shell = useContext(ShellContext);
  if (!shell) throw new Error('useShell needs a project frame around it.');
  return shell;
}
