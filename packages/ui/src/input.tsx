import type { ComponentProps } from 'react';
import { cn } from './class-names';

export function Input({ className, ...props }: ComponentProps<'input'>) {
  return (
    <input
      className={cn(
        'h-7 w-full min-w-0 rounded-md border border-line bg-surface px-2 text-sm text-ink placeholder:text-ink-faint focus-visible:border-accent focus-visible:outline-1 focus-visible:outline-offset-0 aria-invalid:border-danger',
        className,
      )}
      {...props}
    />
  );
}

export function Label({ className, children, ...props }: ComponentProps<'label'>) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the caller gives htmlFor
    <label className={cn('text-xs font-medium text-ink-muted', className)} {...props}>
      {children}
    </label>
  );
}
