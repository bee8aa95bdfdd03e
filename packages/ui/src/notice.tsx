import { CircleAlert, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './button';
import { cn } from './class-names';

interface ErrorNoticeProps {
  title: string;
  /** The thing, the rule and the fix. */
  message: string;
  onRetry?: () => void;
  className?: string;
}

/** What failed, and a way on. Announced to screen readers. */
export function ErrorNotice({ title, message, onRetry, className }: ErrorNoticeProps) {
  return (
    <div role="alert" className={cn('grid h-full place-items-center p-6', className)}>
      <div className="flex max-w-md flex-col items-center gap-2 text-center">
        <CircleAlert className="size-5 text-danger" aria-hidden />
        <p className="font-medium">{title}</p>
        <p className="text-ink-muted [overflow-wrap:anywhere]">{message}</p>
        {onRetry ? (
          <Button className="mt-1" onClick={onRetry}>
            Try again
          </Button>
        ) : null}
      </div>
    </div>
  );
}

interface EmptyNoticeProps {
  title: string;
  children?: ReactNode;
  className?: string;
}

export function EmptyNotice({ title, children, className }: EmptyNoticeProps) {
  return (
    <div className={cn('grid h-full place-items-center p-6', className)}>
      <div className="flex max-w-md flex-col items-center gap-2 text-center text-ink-muted">
        <p className="font-medium text-ink">{title}</p>
        {children}
      </div>
    </div>
  );
}

interface CalloutProps {
  tone: 'danger' | 'warn';
  title: string;
  children?: ReactNode;
}

export function Callout({ tone, title, children }: CalloutProps) {
  const Icon = tone === 'danger' ? CircleAlert : TriangleAlert;
  return (
    <div
      className={cn(
        'flex gap-2 rounded-md border px-3 py-2 text-sm',
        tone === 'danger' ? 'border-danger/30 bg-danger-soft' : 'border-warn/30 bg-warn-soft',
      )}
    >
      <Icon
        aria-hidden
        className={cn('mt-0.5 size-4 shrink-0', tone === 'danger' ? 'text-danger' : 'text-warn')}
      />
      <div className="min-w-0 flex-1">
        <p className={cn('font-medium', tone === 'danger' ? 'text-danger' : 'text-warn')}>{title}</p>
        {children}
      </div>
    </div>
  );
}
