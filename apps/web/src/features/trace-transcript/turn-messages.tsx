'use client';
import { useState } from 'react';
import type { ChatMessage } from '../messages/chat-shape';
import { MessageCard } from '../messages/message-card';

/** What was said before, folded to its number. */
export function RepeatedMessages({ messages }: { messages: readonly ChatMessage[] }) {
  const [isOpen, setOpen] = useState(false);
  if (messages.length === 0) return null;
  return (
    <>
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        className="flex h-6 w-full items-center gap-2 text-2xs text-ink-faint before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line hover:text-ink"
      >
        {isOpen ? 'Hide' : ''} {messages.length} {messages.length === 1 ? 'message' : 'messages'} from before
      </button>
      {isOpen ? <Messages messages={messages} /> : null}
    </>
  );
}

export const Messages = ({ messages }: { messages: readonly ChatMessage[] }) =>
  messages.map((message, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: messages have no id, and their order never changes
    <MessageCard key={index} message={message} />
  ));
