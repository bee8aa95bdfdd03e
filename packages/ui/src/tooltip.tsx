'use client';
import { Tooltip as Base } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from './class-names';

export const TooltipProvider = ({ children }: { children: ReactNode }) => (
  <Base.Provider delayDuration={350} skipDelayDuration={150}>
    {children}
  </Base.Provider>
);

interface TooltipProps {
  content: ReactNode;
  children: ReactNode;
  side?: ComponentProps<typeof Base.Content>['side'];
  className?: string;
}

/** Wraps one focusable element; opens on hover and on keyboard focus. */
export function Tooltip({ content, children, side = 'bottom', className }: TooltipProps) {
  if (content === null || content === undefined || content === '') return children;
  return (
    <Base.Root>
      <Base.Trigger asChild>{children}</Base.Trigger>
      <Base.Portal>
        <Base.Content
          side={side}
          sideOffset={5}
          collisionPadding={8}
          className={cn(
            'z-50 max-w-md rounded-md border border-line bg-surface px-2 py-1 text-xs text-ink shadow-float select-text',
            className,
          )}
        >
          {content}
        </Base.Content>
      </Base.Portal>
    </Base.Root>
  );
}
