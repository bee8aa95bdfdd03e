'use client';
import { cn } from '@tracewell/ui';
import type { SearchOption } from './use-search-options';

interface SearchOptionsProps {
  id: string;
  options: readonly SearchOption[];
  /** -1 when none is. */
  active: number;
  onChoose: (option: SearchOption) => void;
  onActive: (index: number) => void;
}

export const optionId = (listId: string, index: number): string => `${listId}-${index}`;

/** What may come next; the field keeps the focus and says which one is active. */
export function SearchOptions({ id, options, active, onChoose, onActive }: SearchOptionsProps) {
  return (
    <div
      id={id}
      role="listbox"
      aria-label="Completions"
      className="absolute top-full left-0 z-40 mt-1 max-h-80 w-full min-w-72 overflow-y-auto rounded-lg border border-line bg-surface p-1 shadow-float"
    >
      {options.map((option, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's
        // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus, by aria-activedescendant
        <div
          key={`${option.label} ${option.query}`}
          id={optionId(id, index)}
          role="option"
          aria-selected={index === active}
          onPointerMove={() => index !== active && onActive(index)}
          // Before the field loses the focus.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onChoose(option)}
          className={cn(
            'flex h-7 cursor-pointer items-center justify-between gap-4 rounded-md px-2 text-sm',
            index === active && 'bg-active',
          )}
        >
          <span className="min-w-0 truncate">{option.label}</span>
          <span className="max-w-[60%] shrink-0 truncate text-2xs text-ink-faint">{option.hint}</span>
        </div>
      ))}
    </div>
  );
}
