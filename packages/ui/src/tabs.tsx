'use client';
import { Tabs as Base } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from './class-names';

export const Tabs = Base.Root;
export const TabsContent = Base.Content;

export const TabsList = ({ className, ...props }: ComponentProps<typeof Base.List>) => (
  <Base.List className={cn('flex h-9 items-stretch gap-4 border-b border-line px-4', className)} {...props} />
);

export const TabsTrigger = ({ className, ...props }: ComponentProps<typeof Base.Trigger>) => (
  <Base.Trigger
    className={cn(
      '-mb-px flex items-center gap-1.5 border-b-2 border-transparent px-0.5 text-sm font-medium text-ink-muted hover:text-ink data-[state=active]:border-accent data-[state=active]:text-ink',
      className,
    )}
    {...props}
  />
);
