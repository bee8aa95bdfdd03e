'use client';
import { Check, Copy, X } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { Button, type ButtonProps } from './button';

/**
 * Puts text on the clipboard. On plain HTTP (a server in the local network) the clipboard API is missing,
 * so the old way through a selection stands in.
 */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    area.style.position = 'fixed';
    area.style.opacity = '0';
    const host = document.activeElement?.closest('[role="dialog"]') ?? document.body;
    host.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done;
  }
}

interface CopyButtonProps extends Omit<ButtonProps, 'onClick' | 'children'> {
  /** A function when the text is dear to make. */
  text: string | (() => string);
  /** What is copied, for the label: "trace id". */
  what: string;
  children?: ReactNode;
}

export function CopyButton({ text, what, children, look = 'ghost', size, ...props }: CopyButtonProps) {
  const [state, setState] = useState<'idle' | 'done' | 'failed'>('idle');
  useEffect(() => {
    if (state === 'idle') return;
    const timer = setTimeout(() => setState('idle'), 1500);
    return () => clearTimeout(timer);
  }, [state]);
  return (
    <Button
      look={look}
      size={size ?? (children ? 'sm' : 'tiny')}
      aria-label={`Copy ${what}`}
      title={`Copy ${what}`}
      onClick={async (event) => {
        event.stopPropagation();
        setState((await copyText(typeof text === 'function' ? text() : text)) ? 'done' : 'failed');
      }}
      {...props}
    >
      {state === 'done' ? (
        <Check className="text-ok" />
      ) : state === 'failed' ? (
        <X className="text-danger" />
      ) : (
        <Copy />
      )}
      {children}
      <span className="sr-only" aria-live="polite">
        {state === 'done' ? 'Copied' : state === 'failed' ? 'Copying is blocked by the browser' : ''}
      </span>
    </Button>
  );
}
