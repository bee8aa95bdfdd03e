'use client';
import { cva, type VariantProps } from 'class-variance-authority';
import { Slot } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from './class-names';

const button = cva(
  'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md font-medium whitespace-nowrap transition-colors select-none disabled:pointer-events-none disabled:opacity-50 [&_svg]:size-3.5 [&_svg]:shrink-0',
  {
    variants: {
      look: {
        solid: 'bg-accent text-accent-ink hover:bg-accent/90',
        outline: 'border border-line bg-surface text-ink hover:bg-hover',
        ghost: 'text-ink-muted hover:bg-hover hover:text-ink',
        danger: 'bg-danger text-white hover:bg-danger/90 dark:text-black',
      },
      size: {
        md: 'h-8 px-3 text-sm',
        sm: 'h-7 px-2 text-xs',
        icon: 'size-7',
        tiny: 'size-5 rounded',
      },
      pressed: { true: 'bg-active text-ink hover:bg-active' },
    },
    defaultVariants: { look: 'outline', size: 'sm' },
  },
);

export type ButtonProps = ComponentProps<'button'> & VariantProps<typeof button> & { asChild?: boolean };

/** `pressed` also sets aria-pressed; give icon-only buttons an aria-label. */
export function Button({ className, look, size, pressed, asChild, type, ...props }: ButtonProps) {
  const Tag = asChild ? Slot.Root : 'button';
  return (
    <Tag
      type={asChild ? undefined : (type ?? 'button')}
      aria-pressed={pressed ?? undefined}
      className={cn(button({ look, size, pressed }), className)}
      {...props}
    />
  );
}
