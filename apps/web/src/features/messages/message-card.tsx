'use client';
import { CopyButton, cn } from '@tracewell/ui';
import { Bot, MessageSquare, ScrollText, User, Wrench } from 'lucide-react';
import { useState } from 'react';
import { JsonViewer } from '../payload/lazy-viewers';
import type { ChatMessage, Role } from './chat-shape';
import { PartView } from './part-view';

const looks: Record<Role, { label: string; icon: typeof Bot; className: string }> = {
  system: { label: 'System', icon: ScrollText, className: 'bg-canvas' },
  user: { label: 'User', icon: User, className: 'bg-accent-soft/45' },
  assistant: { label: 'Assistant', icon: Bot, className: 'bg-surface' },
  tool: { label: 'Tool', icon: Wrench, className: 'bg-canvas' },
  other: { label: 'Message', icon: MessageSquare, className: 'bg-surface' },
};

export function MessageCard({ message }: { message: ChatMessage }) {
  const look = looks[message.role];
  const Icon = look.icon;
  const [isExtraOpen, setExtraOpen] = useState(false);
  return (
    <article className={cn('rounded-md border border-line', look.className)}>
      <header className="flex h-7 items-center gap-1.5 pr-1 pl-2.5 text-xs">
        <Icon aria-hidden className="size-3.5 text-ink-muted" />
        <span className="font-medium">{message.roleName || look.label}</span>
        {message.name ? <span className="truncate text-ink-muted">{message.name}</span> : null}
        <span className="flex-1" />
        {message.extra ? (
          <button
            type="button"
            aria-expanded={isExtraOpen}
            onClick={() => setExtraOpen(!isExtraOpen)}
            className="rounded px-1 text-2xs text-ink-faint hover:text-ink"
          >
            {Object.keys(message.extra).length} more{' '}
            {Object.keys(message.extra).length === 1 ? 'field' : 'fields'}
          </button>
        ) : null}
        <CopyButton what="message" text={() => copyOf(message)} />
      </header>
      <div className="space-y-2 px-2.5 pb-2">
        {message.parts.length === 0 ? <p className="text-ink-faint">Empty</p> : null}
        {message.parts.map((part, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts have no id, and their order never changes
          <PartView key={index} part={part} isInstruction={message.role === 'system'} />
        ))}
        {isExtraOpen && message.extra ? (
          <JsonViewer value={message.extra} label="More fields of the message" maxHeight={240} />
        ) : null}
      </div>
    </article>
  );
}

function copyOf(message: ChatMessage): string {
  const texts = message.parts.flatMap((part) => (part.type === 'text' ? [part.text] : []));
  return texts.length === message.parts.length ? texts.join('\n\n') : JSON.stringify(message.parts, null, 2);
}
