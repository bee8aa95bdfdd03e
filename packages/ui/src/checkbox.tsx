'use client';
import { Check, Minus } from 'lucide-react';
import { cn } from './class-names';

/** The box alone, for rows that are checkboxes themselves (`role="checkbox"` or `menuitemcheckbox`). */
export function CheckMark({ state }: { state: 'on' | 'off' | 'not' }) {
  return (
    <span
      aria-hidden
      className={cn(
        'grid size-3.5 shrink-0 place-items-center rounded-[3px] border [&_svg]:size-2.5 [&_svg]:stroke-3',
        state === 'on' && 'border-accent bg-accent text-accent-ink',
        state === 'off' && 'border-line-strong',
        state === 'not' && 'border-danger bg-danger text-white dark:text-black',
      )}
    >
      {state === 'on' ? <Check /> : state === 'not' ? <Minus /> : null}
    </span>
  );
}
