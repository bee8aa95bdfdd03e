'use client';
import type { TraceDetail } from '../../api-client/types';
import { WritingSections } from '../annotation/lazy-writing-sections';
import { JsonViewer } from '../payload/lazy-viewers';
import { PayloadSection } from '../payload/payload-section';
import { Section } from '../payload/section';
import { TypeIcon } from './observation-look';
import { Pane } from './pane';
import { ScoreList } from './score-list';

export function TracePane({ trace }: { trace: TraceDetail }) {
  return (
    <Pane
      label="Details of the trace"
      head={
        <>
          <TypeIcon type="TRACE" />
          <span className="truncate font-medium">{trace.name || 'Unnamed trace'}</span>
        </>
      }
    >
      <PayloadSection title="Input" raw={trace.input} />
      <PayloadSection title="Output" raw={trace.output} />
      <ScoreList scores={trace.scores} />
      <WritingSections
        projectId={trace.projectId}
        traceId={trace.id}
        observationId={null}
        scores={trace.scores}
        output={trace.output}
      />
      {Object.keys(trace.metadata).length ? (
        <Section title="Metadata" copy={() => JSON.stringify(trace.metadata, null, 2)}>
          <JsonViewer value={trace.metadata} label="Metadata" maxHeight={420} />
        </Section>
      ) : null}
    </Pane>
  );
}
