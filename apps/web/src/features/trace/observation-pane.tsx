'use client';
import { useQuery } from '@tanstack/react-query';
import { Callout, CopyButton, ErrorNotice, Skeleton } from '@tracewell/ui';
import { messageOf } from '../../api-client/client-error';
import { observationQuery } from '../../api-client/queries';
import type { ObservationDetail, ObservationNode, ScoreSummary } from '../../api-client/types';
import { WritingSections } from '../annotation/lazy-writing-sections';
import { JsonViewer } from '../payload/lazy-viewers';
import { PayloadSection } from '../payload/payload-section';
import { Section } from '../payload/section';
import { ObservationFacts } from './observation-facts';
import { TypeIcon } from './observation-look';
import { OriginSection } from './origin-section';
import { Pane } from './pane';
import { hasNoEnd, planNextLook } from './run-state';
import { ScoreList } from './score-list';
import { ToolSections } from './tool-sections';
import { UsageTable } from './usage-table';

interface ObservationPaneProps {
  projectId: string;
  traceId: string;
  observationId: string;
  /** What the tree knows already: shown at once, before the payloads come. */
  node: ObservationNode | null;
  scores: ScoreSummary[];
  /** When anything of the trace was last heard, in epoch milliseconds. */
  lastSignAt: number | null;
}

export function ObservationPane(props: ObservationPaneProps) {
  const { projectId, traceId, observationId, node, scores, lastSignAt } = props;
  const query = useQuery({
    ...observationQuery(projectId, traceId, observationId),
    refetchInterval: ({ state }) =>
      state.data && hasNoEnd(state.data) ? planNextLook(lastSignAt, Date.now()) : false,
  });
  const observation = query.data;
  const known = observation ?? node;
  return (
    <Pane
      label="Details of the observation"
      head={
        known ? (
          <>
            <TypeIcon type={known.type} />
            <h2 className="min-w-0 truncate font-medium" title={known.name}>
              {known.name || 'unnamed'}
            </h2>
            <CopyButton text={known.id} what="observation id" />
          </>
        ) : null
      }
    >
      {known ? (
        <ObservationFacts
          observation={known}
          lastSignAt={lastSignAt}
          parameters={observation?.modelParameters ?? {}}
        />
      ) : null}
      {known && (known.statusMessage || known.level === 'ERROR' || known.level === 'WARNING') ? (
        <div className="border-b border-line p-3 pt-0">
          <Callout
            tone={known.level === 'ERROR' ? 'danger' : 'warn'}
            title={known.level === 'ERROR' ? 'Failed' : known.level === 'WARNING' ? 'Warning' : 'Status'}
          >
            {known.statusMessage ? (
              <p className="max-h-48 overflow-y-auto font-mono text-xs break-words whitespace-pre-wrap">
                {known.statusMessage}
              </p>
            ) : (
              <p className="text-ink-muted">No reason was recorded.</p>
            )}
          </Callout>
        </div>
      ) : null}
      {query.isError && !observation ? (
        <ErrorNotice
          className="h-auto"
          title="The observation could not be loaded"
          message={messageOf(query.error)}
          onRetry={() => query.refetch()}
        />
      ) : observation ? (
        <Loaded
          projectId={projectId}
          observation={observation}
          scores={scores.filter((score) => score.observationId === observation.id)}
        />
      ) : (
        <div className="space-y-3 p-3">
          <Skeleton className="w-24" />
          <Skeleton className="h-28 w-full" />
          <Skeleton className="w-24" />
          <Skeleton className="h-28 w-full" />
        </div>
      )}
    </Pane>
  );
}

interface LoadedProps {
  projectId: string;
  observation: ObservationDetail;
  scores: ScoreSummary[];
}

function Loaded({ projectId, observation, scores }: LoadedProps) {
  return (
    <>
      <PayloadSection title="Input" raw={observation.input} />
      <PayloadSection title="Output" raw={observation.output} />
      <ScoreList scores={scores} />
      <WritingSections
        projectId={projectId}
        traceId={observation.traceId}
        observationId={observation.id}
        scores={scores}
        output={observation.output}
      />
      <UsageTable observation={observation} />
      <ToolSections observation={observation} />
      {Object.keys(observation.metadata).length ? (
        <Section title="Metadata" copy={() => JSON.stringify(observation.metadata, null, 2)}>
          <JsonViewer value={observation.metadata} label="Metadata" maxHeight={420} />
        </Section>
      ) : null}
      <OriginSection observation={observation} />
    </>
  );
}
