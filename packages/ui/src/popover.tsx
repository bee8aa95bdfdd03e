'use client';
import { Popover as Base } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from './class-names';

export const Popover = Base.Root;
export const PopoverTrigger = Base.Trigger;
export const PopoverClose = Base.Close;
export function PopoverContent({ className, ...props }: ComponentProps<typeof Base.Content>) {
  return (
    <Base.Portal>
      <Base.Content
        align="start"
        sideOffset={4}
        collisionPadding={8}
        className={cn(
          'z-50 rounded-lg border border-line bg-surface p-2 shadow-float outline-none',
          className,
        )}
        {...props}
      />
    </Base.Portal>
  );
}
