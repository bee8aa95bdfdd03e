'use client';
import { Button, formatBytes } from '@tracewell/ui';
import { Maximize2, Minimize2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import { ChatView } from '../messages/chat-view';
import { LongText } from '../messages/long-text';
import { parseChat } from '../messages/parse-chat';
import { decodePayload } from './decode-payload';
import { JsonViewer, TextViewer } from './lazy-viewers';
import { usePayloadMode } from './payload-mode';
import { Section } from './section';

interface PayloadSectionProps {
  title: 'Input' | 'Output';
  /** null when absent. */
  raw: string | null;
}

const lowPx = 420;

export function PayloadSection({ title, raw }: PayloadSectionProps) {
  const [mode] = usePayloadMode();
  const [isTall, setTall] = useState(false);
  const payload = useMemo(() => (raw === null || raw === '' ? null : decodePayload(raw)), [raw]);
  const chat = useMemo(
    () =>
      payload?.kind === 'json' ? parseChat(payload.value, title === 'Input' ? 'input' : 'output') : null,
    [payload, title],
  );
  if (payload === null || raw === null) {
    return (
      <Section title={title}>
        <p className="text-ink-faint">None was recorded.</p>
      </Section>
    );
  }
  const maxHeight = isTall ? Math.max(lowPx, Math.round(window.innerHeight * 0.82)) : lowPx;
  const isBoxed = mode === 'raw' || (payload.kind === 'json' && !(mode === 'formatted' && chat));
  return (
    <Section
      title={title}
      note={formatBytes(raw.length)}
      copy={() =>
        payload.kind === 'text' ? payload.text : mode === 'raw' ? raw : JSON.stringify(payload.value, null, 2)
      }
      actions={
        isBoxed ? (
          <Button
            look="ghost"
            size="tiny"
            aria-label={isTall ? 'Smaller' : 'Taller'}
            onClick={() => setTall(!isTall)}
          >
            {isTall ? <Minimize2 /> : <Maximize2 />}
          </Button>
        ) : null
      }
    >
      {mode === 'raw' ? (
        <TextViewer text={raw} label={`${title}, raw`} maxHeight={maxHeight} />
      ) : payload.kind === 'text' ? (
        <div className="rounded-md border border-line bg-surface px-3 py-2">
          <LongText text={payload.text} label={title} />
        </div>
      ) : mode === 'formatted' && chat ? (
        <ChatView chat={chat} />
      ) : (
        <JsonViewer value={payload.value} label={title} maxHeight={maxHeight} />
      )}
    </Section>
  );
}
