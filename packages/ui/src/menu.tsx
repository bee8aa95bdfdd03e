'use client';
import { Check } from 'lucide-react';
import { DropdownMenu as Base } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from './class-names';

export const Menu = Base.Root;
export const MenuTrigger = Base.Trigger;

export function MenuContent({ className, ...props }: ComponentProps<typeof Base.Content>) {
  return (
    <Base.Portal>
      <Base.Content
        align="start"
        sideOffset={4}
        collisionPadding={8}
        className={cn(
          'z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-44 overflow-y-auto rounded-lg border border-line bg-surface p-1 shadow-float',
          className,
        )}
        {...props}
      />
    </Base.Portal>
  );
}

const item =
  'flex h-7 cursor-pointer items-center gap-2 rounded-md px-2 text-sm text-ink outline-none select-none data-highlighted:bg-hover data-disabled:opacity-50 [&_svg]:size-3.5 [&_svg]:text-ink-muted';

export const MenuItem = ({ className, ...props }: ComponentProps<typeof Base.Item>) => (
  <Base.Item className={cn(item, className)} {...props} />
);

export const MenuCheckboxItem = ({
  className,
  children,
  ...props
}: ComponentProps<typeof Base.CheckboxItem>) => (
  <Base.CheckboxItem className={cn(item, className)} {...props}>
    <span className="grid size-3.5 place-items-center">
      <Base.ItemIndicator>
        <Check />
      </Base.ItemIndicator>
    </span>
    {children}
  </Base.CheckboxItem>
);

export const MenuLabel = ({ className, ...props }: ComponentProps<typeof Base.Label>) => (
  <Base.Label className={cn('px-2 py-1 text-2xs font-medium text-ink-faint', className)} {...props} />
);

export const MenuSeparator = () => <Base.Separator className="my-1 h-px bg-line" />;
export const MenuRadioGroup = Base.RadioGroup;
export const MenuRadioItem = ({ className, children, ...props }: ComponentProps<typeof Base.RadioItem>) => (
  <Base.RadioItem className={cn(item, className)} {...props}>
    <span className="grid size-3.5 place-items-center">
      <Base.ItemIndicator>
        <Check />
      </Base.ItemIndicator>
    </span>
    {children}
  </Base.RadioItem>
);
