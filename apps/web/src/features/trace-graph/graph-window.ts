/** Where the graph's corner lies in the pane, in pixels, and how large it is drawn. */
export interface View {
  x: number;
  y: number;
  scale: number;
}

const leastScale = 0.1;
const mostScale = 3;

/** All of it, in the middle, never larger than it is. */
export function fitGraph(graph: { width: number; height: number }, width: number, height: number): View {
  const fitting = Math.min(1, width / Math.max(1, graph.width), height / Math.max(1, graph.height));
  const scale = Math.max(leastScale, fitting);
  return { x: (width - graph.width * scale) / 2, y: (height - graph.height * scale) / 2, scale };
}

/** What lies at `x`, `y` of the pane stays there. */
export function zoomView(view: View, factor: number, x: number, y: number): View {
  const scale = Math.max(leastScale, Math.min(mostScale, view.scale * factor));
  const change = scale / view.scale;
  return { x: x - (x - view.x) * change, y: y - (y - view.y) * change, scale };
}

export const moveView = (view: View, byX: number, byY: number): View => ({
  ...view,
  x: view.x + byX,
  y: view.y + byY,
});
