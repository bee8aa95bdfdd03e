/** The canvas gets as many dots as the screen has there; what is drawn stays in CSS pixels. */
export function sizeCanvas(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
): CanvasRenderingContext2D | null {
  const ratio = window.devicePixelRatio || 1;
  const dots = { width: Math.round(width * ratio), height: Math.round(height * ratio) };
  if (canvas.width !== dots.width || canvas.height !== dots.height) Object.assign(canvas, dots);
  const context = canvas.getContext('2d');
  context?.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}
