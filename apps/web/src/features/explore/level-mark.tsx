import { cn } from '@tracewell/ui';
import { CircleAlert, TriangleAlert } from 'lucide-react';

/** A level as an icon of its own shape, so that it needs no colour to be told apart. */
export function LevelMark({ level, className }: { level: string; className?: string }) {
  if (level === 'ERROR') {
    return <CircleAlert aria-label="Error" className={cn('size-3.5 shrink-0 text-danger', className)} />;
  }
  if (level === 'WARNING') {
    return <TriangleAlert aria-label="Warning" className={cn('size-3.5 shrink-0 text-warn', className)} />;
  }
  return null;
}
