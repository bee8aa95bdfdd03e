import { cn } from './class-names';

export const Skeleton = ({ className }: { className?: string }) => (
  <span aria-hidden className={cn('block h-3 animate-pulse rounded bg-hover', className)} />
);
