import { cva, type VariantProps } from 'class-variance-authority';
import type { ComponentProps } from 'react';
import { cn } from './class-names';

const badge = cva(
  'inline-flex h-5 max-w-full items-center gap-1 rounded px-1.5 text-2xs font-medium whitespace-nowrap [&_svg]:size-3 [&_svg]:shrink-0',
  {
    variants: {
      tone: {
        plain: 'bg-sunken text-ink-muted',
        outline: 'border border-line text-ink-muted',
        accent: 'bg-accent-soft text-accent',
        danger: 'bg-danger-soft text-danger',
        warn: 'bg-warn-soft text-warn',
        ok: 'bg-ok-soft text-ok',
      },
    },
    defaultVariants: { tone: 'plain' },
  },
);

export type BadgeProps = ComponentProps<'span'> & VariantProps<typeof badge>;
export const Badge = ({ className, tone, ...props }: BadgeProps) => (
  <span className={cn(badge({ tone }), className)} {...props} />
);
