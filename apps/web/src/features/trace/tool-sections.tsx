'use client';
import { Badge, formatCount } from '@tracewell/ui';
import { useState } from 'react';
import type { ObservationDetail } from '../../api-client/types';
import { parseLoose } from '../messages/chat-shape';
import { JsonViewer } from '../payload/lazy-viewers';
import { Section } from '../payload/section';

/** What a model could call, and what it called. */
export function ToolSections({ observation }: { observation: ObservationDetail }) {
  const definitions = Object.entries(observation.toolDefinitions);
  const { toolCalls } = observation;
  const called = new Set(toolCalls.map((call) => call.name));
  return (
    <>
      {toolCalls.length ? (
        <Section title="Tool calls" note={formatCount(toolCalls.length)}>
          <ul className="space-y-1.5">
            {toolCalls.map((call, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: ids of calls may be missing or repeat
              <li key={`${call.id} ${index}`} className="rounded-md border border-line bg-surface">
                <div className="flex h-7 items-center gap-2 px-2.5 text-xs">
                  <span className="font-mono font-medium">{call.name}</span>
                  <span className="ident ml-auto truncate text-2xs text-ink-faint">{call.id}</span>
                </div>
                {call.arguments ? <Arguments text={call.arguments} name={call.name} /> : null}
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      {definitions.length ? (
        <Section title="Tools at hand" note={formatCount(definitions.length)}>
          <ul className="divide-y divide-line rounded-md border border-line bg-surface">
            {definitions.map(([name, definition]) => (
              <ToolDefinition key={name} name={name} definition={definition} isCalled={called.has(name)} />
            ))}
          </ul>
        </Section>
      ) : null}
    </>
  );
}

function Arguments({ text, name }: { text: string; name: string }) {
  const value = parseLoose(text);
  return typeof value === 'object' && value !== null ? (
    <JsonViewer
      value={value}
      label={`Arguments of ${name}`}
      maxHeight={240}
      className="rounded-t-none border-0 border-t"
    />
  ) : (
    <p className="border-t border-line px-2.5 py-1 font-mono text-xs break-words">{text}</p>
  );
}

interface ToolDefinitionProps {
  name: string;
  definition: unknown;
  isCalled: boolean;
}

function ToolDefinition({ name, definition, isCalled }: ToolDefinitionProps) {
  const [isOpen, setOpen] = useState(false);
  const description =
    typeof definition === 'object' && definition !== null && 'description' in definition
      ? String(definition.description ?? '')
      : '';
  return (
    <li>
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        className="flex h-7 w-full min-w-0 items-center gap-2 px-2.5 text-xs hover:bg-hover"
      >
        <span className="shrink-0 font-mono font-medium">{name}</span>
        {isCalled ? (
          <Badge tone="accent" className="h-4">
            called
          </Badge>
        ) : null}
        <span className="truncate text-ink-muted">{description}</span>
      </button>
      {isOpen ? (
        <JsonViewer
          value={definition}
          label={`Definition of ${name}`}
          maxHeight={320}
          className="rounded-none border-0 border-t"
        />
      ) : null}
    </li>
  );
}
