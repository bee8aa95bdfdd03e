import { formatCompact } from '@tracewell/ui';
import { MessageSquare } from 'lucide-react';

/** That something is commented on, and how often. */
export const CommentCount = ({ count }: { count: number }) => (
  <span
    title={`${count} ${count === 1 ? 'comment' : 'comments'}`}
    className="inline-flex shrink-0 items-center gap-0.5 text-2xs text-accent tabular-nums"
  >
    <MessageSquare aria-hidden className="size-3" />
    {formatCompact(count)}
    <span className="sr-only">{count === 1 ? 'comment' : 'comments'}</span>
  </span>
);
