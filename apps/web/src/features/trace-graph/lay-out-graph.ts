import { graphlib, layout } from '@dagrejs/dagre';
import type { GraphEdge, GraphNode, TraceGraph } from './build-graph';

export const nodeWidth = 168;
export const nodeHeight = 42;

export interface PlacedGraph {
  width: number;
  height: number;
  /** `x` and `y` of the left upper corner, in pixels. */
  nodes: (GraphNode & { x: number; y: number })[];
  edges: (GraphEdge & { points: { x: number; y: number }[] })[];
}

/** The library takes an empty name, which the trace's own row has, for none. */
const placeOf = (key: string) => `#${key}`;

/** From top to bottom, so that what came later is lower. */
export function layOutGraph({ nodes, edges }: TraceGraph): PlacedGraph {
  const graph = new graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: 28, ranksep: 44, marginx: 16, marginy: 16 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of nodes) graph.setNode(placeOf(node.key), { width: nodeWidth, height: nodeHeight });
  for (const { from, to, kind } of edges)
    graph.setEdge(placeOf(from), placeOf(to), { width: 24, height: 14, labelpos: 'c' }, kind);
  layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  return {
    width,
    height,
    nodes: nodes.map((node) => {
      const { x, y } = graph.node(placeOf(node.key));
      return { ...node, x: x - nodeWidth / 2, y: y - nodeHeight / 2 };
    }),
    edges: edges.map((edge) => ({
      ...edge,
      points: graph.edge({ v: placeOf(edge.from), w: placeOf(edge.to), name: edge.kind }).points,
    })),
  };
}
