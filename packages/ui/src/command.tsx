'use client';
import { Command as Base } from 'cmdk';
import { Search } from 'lucide-react';
import { Dialog } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';

interface CommandDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  label: string;
  placeholder: string;
  value: string;
  onValueChange: (value: string) => void;
  children: ReactNode;
}

/** A palette: type to narrow, arrows to move, Enter to run. Imported lazily from `@tracewell/ui/command`. */
export function CommandDialog(props: CommandDialogProps) {
  return (
    <Dialog.Root open={props.open} onOpenChange={props.onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-black/35 dark:bg-black/55" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed top-[12vh] left-1/2 z-50 w-[calc(100vw-2rem)] max-w-xl -translate-x-1/2 overflow-hidden rounded-xl border border-line bg-surface shadow-float"
        >
          <Dialog.Title className="sr-only">{props.label}</Dialog.Title>
          <Base label={props.label} loop>
            <div className="flex items-center gap-2 border-b border-line px-3">
              <Search className="size-4 text-ink-faint" />
              <Base.Input
                value={props.value}
                onValueChange={props.onValueChange}
                placeholder={props.placeholder}
                className="h-11 flex-1 bg-transparent text-base outline-none placeholder:text-ink-faint"
              />
            </div>
            <Base.List className="max-h-[52vh] overflow-y-auto p-1.5">
              <Base.Empty className="px-3 py-6 text-center text-sm text-ink-muted">
                Nothing has this name.
              </Base.Empty>
              {props.children}
            </Base.List>
          </Base>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

export const CommandGroup = (props: ComponentProps<typeof Base.Group>) => (
  <Base.Group
    className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-2xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-ink-faint"
    {...props}
  />
);

export const CommandItem = (props: ComponentProps<typeof Base.Item>) => (
  <Base.Item
    className="flex h-8 cursor-pointer items-center gap-2.5 rounded-md px-2 text-sm text-ink data-[selected=true]:bg-active [&_svg]:size-4 [&_svg]:text-ink-muted"
    {...props}
  />
);
