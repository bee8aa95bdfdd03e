'use client';
import { cn, EmptyNotice, formatMicroseconds, Segmented, type SpanNode, useElementSize } from '@tracewell/ui';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useDeferredValue, useMemo } from 'react';
import { nextOf, type TraceSpan } from '../trace/trace-spans';
import { aggregateGraph, expandGraph, type GraphNode } from './build-graph';
import { GraphCanvas } from './graph-canvas';
import { layOutGraph } from './lay-out-graph';

interface GraphPaneProps {
  nodes: SpanNode<TraceSpan>[];
  selectedId: string;
  onSelect: (id: string) => void;
  /** null: nothing is searched for. */
  hits: ReadonlySet<string> | null;
  isMine: () => boolean;
}

/** More than these are a knot to the eye, and seconds to lay out. */
const maxGraphNodes = 300;
const maxGraphEdges = 1_000;
const kinds = ['aggregated', 'expanded'] as const;

/** Which step led to which. Selecting what stands for several goes through them, one a click. */
export function GraphPane({ nodes, selectedId, onSelect, hits, isMine }: GraphPaneProps) {
  const [kind, setKind] = useQueryState('graph', parseAsStringLiteral(kinds).withDefault('aggregated'));
  const shownKind = useDeferredValue(kind);
  const { ref, width, height } = useElementSize();
  const graph = useMemo(
    () => (shownKind === 'expanded' ? expandGraph(nodes) : aggregateGraph(nodes)),
    [nodes, shownKind],
  );
  const isTooLarge = graph.nodes.length > maxGraphNodes || graph.edges.length > maxGraphEdges;
  const placed = useMemo(() => (isTooLarge ? null : layOutGraph(graph)), [graph, isTooLarge]);
  const select = (node: GraphNode) => {
    const id = nextOf(node.ids, selectedId);
    if (id !== undefined) onSelect(id);
  };
  return (
    <section aria-label="Graph of the trace" className="flex h-full min-h-0 flex-col bg-surface">
      <div className="flex h-9 shrink-0 items-center gap-3 border-b border-line px-2.5">
        <Segmented
          label="Nodes of the graph"
          value={kind}
          onChange={(next) => void setKind(next === 'aggregated' ? null : next)}
          options={[
            { value: 'aggregated', label: 'Aggregated' },
            { value: 'expanded', label: 'Expanded' },
          ]}
        />
        <span className="truncate text-2xs text-ink-muted">
          {graph.nodes.length} nodes, {graph.edges.length} edges
        </span>
      </div>
      <div ref={ref} className={cn('relative min-h-0 flex-1', shownKind !== kind && 'opacity-60')}>
        {nodes.length < 2 ? (
          <EmptyNotice title="Nothing to connect">
            <p>The graph is made of the observations of a trace, and this one has none yet.</p>
          </EmptyNotice>
        ) : placed === null ? (
          <EmptyNotice title="Too large to be drawn as a graph">
            <p>
              {graph.nodes.length} nodes and {graph.edges.length} edges; a graph is drawn up to{' '}
              {maxGraphNodes} nodes and {maxGraphEdges} edges.{' '}
              {kind === 'expanded' ? 'Take the aggregated graph, or the' : 'Take the'} timeline.
            </p>
          </EmptyNotice>
        ) : width > 0 && height > 0 ? (
          <GraphCanvas
            key={shownKind}
            graph={placed}
            width={width}
            height={height}
            selectedId={selectedId}
            hits={hits}
            onSelect={select}
            describe={describeNode}
            isMine={isMine}
          />
        ) : null}
      </div>
    </section>
  );
}

const describeNode = (node: GraphNode) =>
  [
    node.ids.length > 1 ? `${node.ids.length} ×` : '',
    formatMicroseconds(node.durationUs),
    node.errorCount ? `${node.errorCount} failed` : '',
  ]
    .filter(Boolean)
    .join(' · ');
