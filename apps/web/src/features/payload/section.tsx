'use client';
import { CopyButton, cn, isTextList, useStoredState } from '@tracewell/ui';
import { ChevronRight } from 'lucide-react';
import { type ReactNode, useId } from 'react';

interface SectionProps {
  title: string;
  note?: ReactNode;
  copy?: string | (() => string);
  actions?: ReactNode;
  children: ReactNode;
}

/** A titled part of the details; whether it is folded is remembered by its title. */
export function Section({ title, note, copy, actions, children }: SectionProps) {
  const [folded, setFolded] = useStoredState('tracewell.folded-sections', noTitles, isTextList);
  const isFolded = folded.includes(title);
  const panelId = useId();
  return (
    <section className="border-b border-line">
      <div className="sticky top-0 z-10 flex h-8 items-center gap-1 bg-canvas/95 pr-2 backdrop-blur-sm">
        <h3 className="min-w-0 flex-1">
          <button
            type="button"
            aria-expanded={!isFolded}
            aria-controls={panelId}
            onClick={() =>
              setFolded(isFolded ? folded.filter((other) => other !== title) : [...folded, title])
            }
            className="flex h-8 w-full items-center gap-1.5 px-3 text-xs font-medium hover:text-accent"
          >
            <ChevronRight className={cn('size-3 text-ink-faint', !isFolded && 'rotate-90')} />
            {title}
            {note ? <span className="truncate font-normal text-ink-faint">{note}</span> : null}
          </button>
        </h3>
        {actions}
        {copy === undefined ? null : <CopyButton text={copy} what={title.toLowerCase()} />}
      </div>
      {isFolded ? null : (
        <div id={panelId} className="px-3 pb-3">
          {children}
        </div>
      )}
    </section>
  );
}
const noTitles: string[] = [];
