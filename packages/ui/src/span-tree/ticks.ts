/** Round places for a ruler from `startUs` to `endUs`, about `count` of them, in steps of 1, 2 or 5 times ten. */
export function listTicks(startUs: number, endUs: number, count: number): number[] {
  const span = endUs - startUs;
  if (!(span > 0) || count < 1) return [];
  const rough = span / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough) ?? rough;
  const ticks: number[] = [];
  for (let tick = Math.ceil(startUs / step) * step; tick <= endUs && ticks.length < 100; tick += step) {
    ticks.push(tick);
  }
  return ticks;
}
