'use client';
import { Button, cn, useHotkeys } from '@tracewell/ui';
import { Maximize, Minus, Plus } from 'lucide-react';
import { type PointerEvent, useEffect, useRef, useState } from 'react';
import { observationLooks } from '../trace/observation-look';
import type { GraphNode } from './build-graph';
import { fitGraph, moveView, type View, zoomView } from './graph-window';
import { nodeHeight, nodeWidth, type PlacedGraph } from './lay-out-graph';

interface GraphCanvasProps {
  graph: PlacedGraph;
  width: number;
  height: number;
  selectedId: string;
  /** null: nothing is searched for. */
  hits: ReadonlySet<string> | null;
  onSelect: (node: GraphNode) => void;
  describe: (node: GraphNode) => string;
  /** Keys that belong to this view now; another list may have them. */
  isMine: () => boolean;
}

const zoomStep = 1.3;
const nameLength = 21;

/** A laid out graph to zoom and move in; each node is a button. */
export function GraphCanvas(props: GraphCanvasProps) {
  const { graph, width, height, selectedId, hits } = props;
  const fit = fitGraph(graph, width, height);
  /** null: all of it, however large the pane is. */
  const [moved, setMoved] = useState<View | null>(null);
  const view = moved ?? fit;
  const frame = useRef<SVGSVGElement>(null);
  const drag = useRef<{ x: number; y: number; view: View } | null>(null);
  const latest = useRef(view);
  latest.current = view;
  const zoom = (factor: number) => setMoved(zoomView(view, factor, width / 2, height / 2));
  const mine = (run: () => void) => () => (props.isMine() ? run() : false);
  useHotkeys({
    '+': mine(() => zoom(zoomStep)),
    '=': mine(() => zoom(zoomStep)),
    '-': mine(() => zoom(1 / zoomStep)),
    '0': mine(() => setMoved(null)),
  });
  useEffect(() => {
    const element = frame.current;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const box = element?.getBoundingClientRect();
      if (event.ctrlKey || event.metaKey) {
        const factor = Math.exp(-event.deltaY * 0.004);
        setMoved(
          zoomView(latest.current, factor, event.clientX - (box?.left ?? 0), event.clientY - (box?.top ?? 0)),
        );
      } else setMoved(moveView(latest.current, -event.deltaX, -event.deltaY));
    };
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, []);
  const onPointerMove = (event: PointerEvent) => {
    if (drag.current)
      setMoved(moveView(drag.current.view, event.clientX - drag.current.x, event.clientY - drag.current.y));
  };
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: SVG has no fieldset; this is a group of buttons with a label */}
      <svg
        ref={frame}
        role="group"
        aria-label="Nodes and what led to them"
        width={width}
        height={height}
        className="absolute inset-0 cursor-grab touch-none active:cursor-grabbing"
        onPointerDown={(event) => {
          if (event.target !== event.currentTarget) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          drag.current = { x: event.clientX, y: event.clientY, view };
        }}
        onPointerMove={onPointerMove}
        onPointerUp={() => {
          drag.current = null;
        }}
      >
        <defs>
          <marker
            id="graph-arrow"
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            orient="auto"
          >
            <path d="M0 0 8 4 0 8Z" fill="var(--ink-faint)" />
          </marker>
        </defs>
        <g transform={`translate(${view.x} ${view.y}) scale(${view.scale})`}>
          {graph.edges.map((edge) => (
            <g key={`${edge.from}\t${edge.to}\t${edge.kind}`} className="pointer-events-none">
              <path
                d={`M${edge.points.map(({ x, y }) => `${x} ${y}`).join('L')}`}
                fill="none"
                stroke="var(--ink-faint)"
                strokeWidth={Math.min(4, 1 + Math.log2(edge.count) / 2)}
                strokeDasharray={edge.kind === 'then' ? '5 3' : undefined}
                markerEnd="url(#graph-arrow)"
              />
              {edge.count > 1 ? (
                <text
                  x={edge.points[edge.points.length >> 1]!.x + 6}
                  y={edge.points[edge.points.length >> 1]!.y}
                  className="fill-ink-muted text-2xs tabular-nums"
                >
                  {edge.count}×
                </text>
              ) : null}
            </g>
          ))}
          {graph.nodes.map((node) => {
            const { label, colour } = observationLooks[node.type];
            const isSelected = node.ids.includes(selectedId);
            const isHit = hits !== null && node.ids.some((id) => hits.has(id));
            const name = node.name || 'unnamed';
            const facts = props.describe(node);
            return (
              // biome-ignore lint/a11y/useSemanticElements: HTML has no button inside SVG
              <g
                key={node.key}
                role="button"
                tabIndex={0}
                aria-label={`${label} ${name}, ${facts}`}
                aria-pressed={isSelected}
                transform={`translate(${node.x} ${node.y})`}
                className={cn('group cursor-pointer outline-none', hits !== null && !isHit && 'opacity-40')}
                onClick={() => props.onSelect(node)}
                onKeyDown={(event) => {
                  if (event.key !== 'Enter' && event.key !== ' ') return;
                  event.preventDefault();
                  props.onSelect(node);
                }}
              >
                <title>{`${label}: ${name}`}</title>
                <rect
                  width={nodeWidth}
                  height={nodeHeight}
                  rx={6}
                  fill={isSelected ? 'var(--active)' : isHit ? 'var(--warn-soft)' : 'var(--surface)'}
                  stroke={
                    node.errorCount ? 'var(--danger)' : isSelected ? 'var(--accent)' : 'var(--line-strong)'
                  }
                  strokeWidth={isSelected ? 2 : 1}
                  className="group-focus-visible:stroke-accent group-focus-visible:[stroke-width:3]"
                />
                <rect width={4} height={nodeHeight} rx={2} fill={colour} />
                <text x={12} y={17} className="fill-ink text-xs font-medium">
                  {name.length > nameLength ? `${name.slice(0, nameLength)}…` : name}
                </text>
                <text
                  x={12}
                  y={33}
                  className={cn('text-2xs', node.errorCount ? 'fill-danger' : 'fill-ink-muted')}
                >
                  {`${label} · ${facts}`.slice(0, 32)}
                </text>
              </g>
            );
          })}
        </g>
      </svg>
      <div className="absolute right-2 bottom-2 flex gap-1 rounded-md border border-line bg-surface p-0.5">
        <Button look="ghost" size="tiny" aria-label="Zoom in (+)" onClick={() => zoom(zoomStep)}>
          <Plus />
        </Button>
        <Button look="ghost" size="tiny" aria-label="Zoom out (-)" onClick={() => zoom(1 / zoomStep)}>
          <Minus />
        </Button>
        <Button look="ghost" size="tiny" aria-label="Whole graph (0)" onClick={() => setMoved(null)}>
          <Maximize />
        </Button>
      </div>
    </>
  );
}
