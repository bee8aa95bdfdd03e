'use client';
import { memo, type ReactNode } from 'react';
import { cn } from '../class-names';
import type { SpanInput, SpanNode } from './build-tree';
import { SpanBar, type SpanLook } from './span-bar';
import type { TimeWindow } from './span-tree';

export const rowPx = 28;

interface SpanRowProps<Span extends SpanInput> {
  node: SpanNode<Span>;
  /** Pixels from the top of the list. */
  top: number;
  isSelected: boolean;
  mark: 'hit' | 'dim' | 'none';
  isClosed: boolean;
  onSelect: (id: string) => void;
  onToggle: (id: string, isClosed: boolean) => void;
  renderLabel: (node: SpanNode<Span>, isClosed: boolean) => ReactNode;
  look: (node: SpanNode<Span>) => SpanLook;
  /** null: there is no timeline, the label has all the room. */
  labelWidth: number | null;
  window: TimeWindow;
  timelineWidth: number;
}

function SpanRowInner<Span extends SpanInput>(props: SpanRowProps<Span>) {
  const { node, isSelected, mark, isClosed, labelWidth } = props;
  const { id, startUs, durationUs } = node.span;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree takes the keys for its current row
    // biome-ignore lint/a11y/useFocusableInteractive: the tree holds the focus (aria-activedescendant)
    <div
      id={`span-${id}`}
      role="treeitem"
      aria-level={node.depth + 1}
      aria-expanded={node.childCount ? !isClosed : undefined}
      aria-selected={isSelected}
      onClick={() => props.onSelect(id)}
      className={cn(
        'absolute inset-x-0 top-0 flex cursor-pointer items-center hover:bg-hover',
        mark === 'hit' && 'bg-warn-soft hover:bg-warn-soft',
        isSelected && 'bg-active shadow-[inset_2px_0_0_var(--accent)] hover:bg-active',
        mark === 'dim' && !isSelected && 'opacity-45',
      )}
      style={{ height: rowPx, transform: `translateY(${props.top}px)` }}
    >
      <div
        className="flex h-full min-w-0 items-center overflow-hidden"
        style={{ width: labelWidth ?? '100%' }}
      >
        <Guides depth={node.depth} />
        <FoldButton node={node} isClosed={isClosed} onToggle={props.onToggle} />
        {props.renderLabel(node, isClosed)}
      </div>
      {labelWidth === null ? null : (
        <SpanBar
          look={props.look(node)}
          startUs={startUs}
          durationUs={durationUs}
          window={props.window}
          width={props.timelineWidth}
        />
      )}
    </div>
  );
}

export const SpanRow = memo(SpanRowInner) as typeof SpanRowInner;

const indentPx = 14;
const deepestIndent = 24;

/** Lines that lead the eye from a span up to its ancestors; very deep trees stop moving right. */
function Guides({ depth }: { depth: number }) {
  const shown = Math.min(depth, deepestIndent);
  return (
    <span
      aria-hidden
      className="h-full shrink-0"
      style={{
        width: 4 + shown * indentPx,
        backgroundImage: shown
          ? 'repeating-linear-gradient(to right, transparent 0 7px, var(--line) 7px 8px, transparent 8px 14px)'
          : undefined,
        backgroundPosition: '4px 0',
        backgroundSize: `${shown * indentPx}px 100%`,
        backgroundRepeat: 'no-repeat',
      }}
    />
  );
}

interface FoldButtonProps {
  node: SpanNode<SpanInput>;
  isClosed: boolean;
  onToggle: (id: string, isClosed: boolean) => void;
}

function FoldButton({ node, isClosed, onToggle }: FoldButtonProps) {
  if (!node.childCount) return <span className="w-4 shrink-0" />;
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={isClosed ? 'Show children' : 'Hide children'}
      onClick={(event) => {
        event.stopPropagation();
        onToggle(node.span.id, !isClosed);
      }}
      className="grid h-full w-4 shrink-0 place-items-center text-ink-faint hover:text-ink"
    >
      <svg viewBox="0 0 8 8" className={cn('size-2', !isClosed && 'rotate-90')} aria-hidden="true">
        <path d="M2 0.5 6 4 2 7.5z" fill="currentColor" />
      </svg>
    </button>
  );
}
