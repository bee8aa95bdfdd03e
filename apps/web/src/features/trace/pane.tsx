'use client';
import { Segmented } from '@tracewell/ui';
import type { ReactNode } from 'react';
import { usePayloadMode } from '../payload/payload-mode';

/** The details beside the tree: a head of one height, then everything in one scroll. */
export function Pane({ head, children, label }: { head: ReactNode; children: ReactNode; label: string }) {
  const [mode, setMode] = usePayloadMode();
  return (
    <section aria-label={label} className="flex h-full min-h-0 flex-col bg-canvas">
      <div className="flex h-9 shrink-0 items-center gap-2 border-b border-line px-3">
        {head}
        <span className="ml-auto shrink-0">
          <Segmented
            label="How payloads are shown"
            value={mode}
            onChange={setMode}
            options={[
              { value: 'formatted', label: 'Formatted' },
              { value: 'json', label: 'JSON' },
              { value: 'raw', label: 'Raw' },
            ]}
          />
        </span>
      </div>
      <div
        className="min-h-0 flex-1 overflow-y-auto outline-none focus-visible:shadow-[inset_0_0_0_1px_var(--accent)]"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
        tabIndex={0}
      >
        {children}
      </div>
    </section>
  );
}
