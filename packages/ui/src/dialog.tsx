'use client';
import { X } from 'lucide-react';
import { Dialog as Base } from 'radix-ui';
import type { ReactNode } from 'react';
import { Button } from './button';
import { cn } from './class-names';

interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  children?: ReactNode;
  className?: string;
}

/** A modal with a title; focus goes in, and back to where it was when it closes. */
export function Dialog({ open, onOpenChange, title, description, children, className }: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Overlay className="fixed inset-0 z-40 bg-black/35 dark:bg-black/55" />
        <Base.Content
          className={cn(
            'fixed top-[12vh] left-1/2 z-50 flex max-h-[76vh] w-[calc(100vw-2rem)] max-w-lg -translate-x-1/2 flex-col overflow-y-auto rounded-xl border border-line bg-surface p-4 shadow-float outline-none',
            className,
          )}
          {...(description ? {} : { 'aria-describedby': undefined })}
        >
          <div className="flex items-start gap-3">
            <Base.Title className="flex-1 text-base font-semibold">{title}</Base.Title>
            <Base.Close asChild>
              <Button look="ghost" size="icon" aria-label="Close" className="-mt-1 -mr-1">
                <X />
              </Button>
            </Base.Close>
          </div>
          {description ? (
            <Base.Description className="mt-1 text-sm text-ink-muted">{description}</Base.Description>
          ) : null}
          {children}
        </Base.Content>
      </Base.Portal>
    </Base.Root>
  );
}

interface ConfirmProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description: ReactNode;
  /** The verb on the button: "Delete trace", not "OK". */
  action: string;
  busy?: boolean;
  onConfirm: () => void;
}

export function ConfirmDialog({
  open,
  onOpenChange,
  title,
  description,
  action,
  busy,
  onConfirm,
}: ConfirmProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={title}
      description={description}
      className="max-w-md"
    >
      <div className="mt-4 flex justify-end gap-2">
        <Button size="md" onClick={() => onOpenChange(false)}>
          Cancel
        </Button>
        <Button size="md" look="danger" disabled={busy} onClick={onConfirm}>
          {busy ? 'Working…' : action}
        </Button>
      </div>
    </Dialog>
  );
}
