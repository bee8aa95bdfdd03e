'use client';
import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { cn } from '../class-names';
import { CopyButton } from '../copy-button';
import type { JsonRow } from './rows';

/** Characters of a string shown before it is asked for more, and how many more each time. */
const firstCharacters = 400;
const moreCharacters = 20_000;

export function JsonRowView({ row, onToggle }: { row: JsonRow; onToggle: () => void }) {
  return (
    <div className="group/row flex min-h-5 items-start pr-1" style={{ paddingLeft: 6 + row.depth * 14 }}>
      {row.kind === 'leaf' ? (
        <span className="w-4 shrink-0" />
      ) : (
        <button
          type="button"
          tabIndex={-1}
          aria-label={row.kind === 'open' ? 'Close' : 'Open'}
          onClick={onToggle}
          className="grid h-5 w-4 shrink-0 place-items-center text-ink-faint hover:text-ink"
        >
          <ChevronRight className={cn('size-3', row.kind === 'open' && 'rotate-90')} />
        </button>
      )}
      {row.key === null ? null : (
        <span className="mr-1.5 max-w-[50%] shrink-0 truncate leading-5" title={row.key}>
          <span className="text-[var(--tone-blue)]">{row.key}</span>
          <span className="text-ink-faint">:</span>
        </span>
      )}
      <span className="min-w-0 flex-1 leading-5">
        {row.kind === 'leaf' ? (
          <Leaf value={row.value} />
        ) : (
          <button
            type="button"
            tabIndex={-1}
            onClick={onToggle}
            className="text-left text-ink-faint hover:text-ink"
          >
            {row.isArray ? `[ ${row.size} ]` : `{ ${row.size} }`}
            {row.kind === 'closed' && !row.page ? (
              <span className="ml-2 text-ink-faint/80">{previewOf(row.value)}</span>
            ) : null}
          </button>
        )}
      </span>
      <span className="invisible flex shrink-0 group-hover/row:visible">
        <CopyButton
          tabIndex={-1}
          what={row.path ? `value at ${row.path}` : 'value'}
          text={() => (typeof row.value === 'string' ? row.value : JSON.stringify(row.value, null, 2))}
        />
      </span>
    </div>
  );
}

function Leaf({ value }: { value: string | number | boolean | null }) {
  const [shown, setShown] = useState(firstCharacters);
  if (value === null) return <span className="text-ink-faint">null</span>;
  if (typeof value === 'boolean') return <span className="text-[var(--tone-violet)]">{String(value)}</span>;
  if (typeof value === 'number') return <span className="text-[var(--tone-amber)]">{String(value)}</span>;
  return (
    <span className="break-words whitespace-pre-wrap text-[var(--tone-green)] [overflow-wrap:anywhere]">
      “{value.slice(0, shown)}”
      {value.length > shown ? (
        <button
          type="button"
          onClick={() => setShown(shown + moreCharacters)}
          className="ml-1 rounded bg-sunken px-1 text-ink-muted hover:text-ink"
        >
          + {(value.length - shown).toLocaleString('en-US')} characters
        </button>
      ) : null}
    </span>
  );
}

/** The first few entries in one line, of a bounded length whatever the value. */
function previewOf(value: object): string {
  const parts: string[] = [];
  let length = 0;
  const isArray = Array.isArray(value);
  for (const key in value) {
    const child = (value as Record<string, unknown>)[key];
    const text =
      typeof child === 'string'
        ? `"${child.slice(0, 40)}"`
        : typeof child === 'object' && child !== null
          ? Array.isArray(child)
            ? '[…]'
            : '{…}'
          : String(child);
    parts.push(isArray ? text : `${key}: ${text}`);
    length += text.length + key.length;
    if (parts.length >= 4 || length > 90) break;
  }
  return parts.join(', ').slice(0, 120);
}
