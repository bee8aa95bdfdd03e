'use client';
import { useState } from 'react';
import { JsonViewer } from '../payload/lazy-viewers';
import type { Chat } from './chat-shape';
import { MessageCard } from './message-card';
import { planFold } from './plan-fold';

/** A conversation. A long history is folded in the middle: what is new stands at its end. */
export function ChatView({ chat }: { chat: Chat }) {
  const [isUnfolded, setUnfolded] = useState(false);
  const [isRestOpen, setRestOpen] = useState(false);
  const { messages, rest } = chat;
  const fold = isUnfolded ? null : planFold(messages.map((message) => message.role));
  return (
    <div className="space-y-1.5">
      {messages.map((message, index) => {
        if (fold && index >= fold.from && index < fold.to) {
          return index === fold.from ? (
            <button
              // biome-ignore lint/suspicious/noArrayIndexKey: messages have no id, and their order never changes
              key={index}
              type="button"
              onClick={() => setUnfolded(true)}
              className="flex h-7 w-full items-center gap-2 text-xs text-ink-muted before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line hover:text-ink"
            >
              {fold.to - fold.from} earlier messages
            </button>
          ) : null;
        }
        // biome-ignore lint/suspicious/noArrayIndexKey: messages have no id, and their order never changes
        return <MessageCard key={index} message={message} />;
      })}
      {rest ? (
        <div>
          <button
            type="button"
            aria-expanded={isRestOpen}
            onClick={() => setRestOpen(!isRestOpen)}
            className="text-2xs text-ink-muted hover:text-ink"
          >
            {isRestOpen ? 'Hide' : 'Show'} what stands around the messages:{' '}
            {Object.keys(rest).slice(0, 6).join(', ')}
            {Object.keys(rest).length > 6 ? '…' : ''}
          </button>
          {isRestOpen ? (
            <JsonViewer value={rest} label="Around the messages" maxHeight={320} className="mt-1" />
          ) : null}
        </div>
      ) : null}
    </div>
  );
}
