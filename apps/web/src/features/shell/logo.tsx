import { cn } from '@tracewell/ui';

/** Three spans in a well: the first contains the others. */
export const Logo = ({ className }: { className?: string }) => (
  <svg viewBox="0 0 32 32" className={cn('shrink-0', className)} aria-hidden="true">
    <rect width="32" height="32" rx="8" fill="var(--accent)" />
    <path d="M7 10h18M10 16h9M13 22h9" stroke="var(--accent-ink)" strokeWidth="3.2" strokeLinecap="round" />
  </svg>
);
