'use client';
import { CopyButton, cn } from '@tracewell/ui';
import { Brain, ChevronRight, CircleAlert, CornerDownRight, File, Wrench } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { GuardedImage, JsonViewer } from '../payload/lazy-viewers';
import type { MessagePart } from './chat-shape';
import { LongText } from './long-text';

const instructionCharacters = 400;

export function PartView({ part, isInstruction }: { part: MessagePart; isInstruction: boolean }) {
  switch (part.type) {
    case 'text':
      return (
        <LongText
          text={part.text}
          label="Message text"
          {...(isInstruction ? { firstCharacters: instructionCharacters } : {})}
        />
      );
    case 'thinking':
      return (
        <Foldable icon={<Brain className="size-3.5" />} title="Thinking" summary={part.text}>
          <div className="text-ink-muted">
            <LongText text={part.text} label="Thinking" />
          </div>
        </Foldable>
      );
    case 'toolCall':
      return (
        <div className="rounded-md border border-line bg-surface">
          <div className="flex h-7 items-center gap-1.5 pr-1 pl-2 text-xs">
            <Wrench aria-hidden className="size-3.5 text-[var(--tone-amber)]" />
            <span className="text-ink-muted">calls</span>
            <span className="truncate font-mono font-medium">{part.name || 'unnamed tool'}</span>
            <span className="ident ml-auto truncate text-2xs text-ink-faint">{part.id}</span>
            <CopyButton what="arguments" text={() => textOf(part.arguments)} />
          </div>
          <Value value={part.arguments} label={`Arguments of ${part.name}`} />
        </div>
      );
    case 'toolResult':
      return (
        <div
          className={cn('rounded-md border bg-surface', part.isError ? 'border-danger/40' : 'border-line')}
        >
          <div className="flex h-7 items-center gap-1.5 pr-1 pl-2 text-xs">
            {part.isError ? (
              <CircleAlert aria-label="Failed" className="size-3.5 text-danger" />
            ) : (
              <CornerDownRight aria-hidden className="size-3.5 text-ink-muted" />
            )}
            <span className="text-ink-muted">{part.isError ? 'failed' : 'returned'}</span>
            {part.name ? <span className="truncate font-mono font-medium">{part.name}</span> : null}
            <span className="ident ml-auto truncate text-2xs text-ink-faint">{part.callId}</span>
            <CopyButton what="result" text={() => textOf(part.result)} />
          </div>
          <Value value={part.result} label="Result" />
        </div>
      );
    case 'media':
      return <MediaView part={part} />;
    case 'json':
      return <JsonViewer value={part.value} label="Part" maxHeight={280} />;
  }
}

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? '');

function Value({ value, label }: { value: unknown; label: string }) {
  if (value === undefined || value === null || value === '') {
    return <p className="px-2 pb-1.5 text-xs text-ink-faint">Nothing</p>;
  }
  return (
    <div className="border-t border-line">
      {typeof value === 'object' ? (
        <JsonViewer value={value} label={label} maxHeight={280} className="rounded-t-none border-0" />
      ) : (
        <div className="px-2 py-1.5">
          <LongText text={String(value)} label={label} firstCharacters={1_500} />
        </div>
      )}
    </div>
  );
}

interface FoldableProps {
  icon: ReactNode;
  title: string;
  summary: string;
  children: ReactNode;
}

function Foldable({ icon, title, summary, children }: FoldableProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="rounded-md border border-dashed border-line-strong">
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        className="flex h-7 w-full min-w-0 items-center gap-1.5 px-2 text-xs text-ink-muted hover:text-ink"
      >
        <ChevronRight className={cn('size-3 shrink-0', isOpen && 'rotate-90')} />
        {icon}
        <span className="font-medium">{title}</span>
        {isOpen ? null : <span className="truncate text-ink-faint">{summary.slice(0, 160)}</span>}
      </button>
      {isOpen ? <div className="px-2.5 pb-2">{children}</div> : null}
    </div>
  );
}

function MediaView({ part }: { part: Extract<MessagePart, { type: 'media' }> }) {
  const { kind, source, mimeType, name } = part;
  if (kind === 'image' && /^(https?:|data:)/.test(source)) return <GuardedImage src={source} alt={name} />;
  if (kind === 'audio' && source.startsWith('data:audio/')) {
    // biome-ignore lint/a11y/useMediaCaption: a recording from a trace has no captions
    return <audio controls src={source} className="h-8 w-full max-w-md" />;
  }
  return (
    <p className="flex items-center gap-1.5 text-xs text-ink-muted">
      <File aria-hidden className="size-3.5 shrink-0" />
      <span className="truncate">
        {name || kind}
        {mimeType ? ` (${mimeType})` : ''}
        {source && !source.startsWith('data:') ? `: ${source.slice(0, 300)}` : ''}
      </span>
    </p>
  );
}
