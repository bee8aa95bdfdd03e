import type { ReactNode } from 'react';

export const Kbd = ({ children }: { children: ReactNode }) => (
  <kbd className="inline-grid h-4.5 min-w-4.5 place-items-center rounded border border-line bg-sunken px-1 font-mono text-2xs leading-none text-ink-muted">
    {children}
  </kbd>
);
