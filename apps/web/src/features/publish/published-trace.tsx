'use client';
import { useQuery } from '@tanstack/react-query';
import {
  EmptyNotice,
  ErrorNotice,
  formatCount,
  formatDuration,
  formatLocalTime,
  formatMoney,
  Skeleton,
} from '@tracewell/ui';
import { parseAsString, useQueryState } from 'nuqs';
import { useMemo } from 'react';
import { publishedObservationQuery, publishedTraceQuery } from '../../api-client/annotations';
import { ClientError, messageOf } from '../../api-client/client-error';
import type { TraceDetail } from '../../api-client/types';
import { JsonViewer } from '../payload/lazy-viewers';
import { PayloadSection } from '../payload/payload-section';
import { Section } from '../payload/section';
import { TypeIcon } from '../trace/observation-look';
import { Pane } from '../trace/pane';
import { buildTraceTree } from '../trace/trace-spans';

interface PublishedTraceProps {
  projectId: string;
  traceId: string;
}

/** A published trace for whoever has its link: to read, and nothing else of its project. */
export function PublishedTrace({ projectId, traceId }: PublishedTraceProps) {
  const { data: trace, error, isPending, refetch } = useQuery(publishedTraceQuery(projectId, traceId));
  if (trace) return <Loaded projectId={projectId} trace={trace} />;
  if (isPending) return <Skeleton className="m-4 w-1/2" />;
  return error instanceof ClientError && error.status === 404 ? (
    <EmptyNotice title="Nothing is published here">
      <p>This trace was taken back, or never published. Ask whoever sent you the link.</p>
    </EmptyNotice>
  ) : (
    <ErrorNotice title="The trace could not be loaded" message={messageOf(error)} onRetry={() => refetch()} />
  );
}

function Loaded({ projectId, trace }: { projectId: string; trace: TraceDetail }) {
  const nodes = useMemo(() => buildTraceTree(trace), [trace]);
  const [selectedId, select] = useQueryState('observation', parseAsString);
  return (
    <main className="flex h-dvh flex-col bg-canvas text-ink">
      <header className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-3 py-2">
        <h1 className="min-w-0 truncate text-base font-semibold">{trace.name || 'Unnamed trace'}</h1>
        <span className="text-2xs text-ink-muted tabular-nums">
          {formatLocalTime(trace.timestamp).slice(0, 19)} · {formatDuration(trace.latencyMs)}
          {trace.totalCost ? ` · ${formatMoney(trace.totalCost)}` : ''} ·{' '}
          {formatCount(trace.observationCount)} observations
        </span>
        <span className="ml-auto text-2xs text-ink-faint">Published with Tracewell</span>
      </header>
      <div className="flex min-h-0 flex-1 max-md:flex-col">
        <nav
          aria-label="Observations"
          className="shrink-0 overflow-auto border-line max-md:max-h-[35%] max-md:border-b md:w-80 md:border-r"
        >
          <ul className="py-1">
            {nodes.map(({ span, depth }) => (
              <li key={span.id} className="[content-visibility:auto] [contain-intrinsic-height:28px]">
                <button
                  type="button"
                  aria-current={(selectedId ?? '') === span.id}
                  onClick={() => void select(span.id || null)}
                  style={{ paddingLeft: 12 + depth * 14 }}
                  className="flex h-7 w-full items-center gap-1.5 pr-2 text-left text-sm hover:bg-hover aria-[current=true]:bg-active"
                >
                  <TypeIcon type={span.observation?.type ?? 'TRACE'} />
                  <span className="truncate">{span.name || 'unnamed'}</span>
                </button>
              </li>
            ))}
          </ul>
        </nav>
        <div className="min-h-0 min-w-0 flex-1">
          {selectedId ? (
            <PublishedObservation
              key={selectedId}
              projectId={projectId}
              traceId={trace.id}
              observationId={selectedId}
            />
          ) : (
            <Payloads head={trace.name || 'Unnamed trace'} of={trace} />
          )}
        </div>
      </div>
    </main>
  );
}

function PublishedObservation(props: PublishedTraceProps & { observationId: string }) {
  const { projectId, traceId, observationId } = props;
  const { data, error, refetch } = useQuery(publishedObservationQuery(projectId, traceId, observationId));
  if (data) return <Payloads head={data.model ? `${data.name} · ${data.model}` : data.name} of={data} />;
  return error ? (
    <ErrorNotice
      title="The observation could not be loaded"
      message={messageOf(error)}
      onRetry={() => refetch()}
    />
  ) : (
    <Skeleton className="m-4 w-1/2" />
  );
}

interface PayloadsProps {
  head: string;
  of: { input: string | null; output: string | null; metadata: Record<string, unknown> };
}

const Payloads = ({ head, of }: PayloadsProps) => (
  <Pane label="Details" head={<span className="truncate font-medium">{head}</span>}>
    <PayloadSection title="Input" raw={of.input} />
    <PayloadSection title="Output" raw={of.output} />
    {Object.keys(of.metadata).length ? (
      <Section title="Metadata">
        <JsonViewer value={of.metadata} label="Metadata" maxHeight={420} />
      </Section>
    ) : null}
  </Pane>
);
